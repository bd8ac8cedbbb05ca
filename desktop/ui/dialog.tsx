import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import "./dialog.css";

/** A question or a list in front of the page: named by its title (which may be for readers alone), closed by Escape. */
export function Dialog(props: {
  opened: boolean;
  onClose: () => void;
  title: string;
  titleHidden?: boolean;
  size: number;
  /** At the top of the page instead of its middle. */
  top?: boolean;
  children: ReactNode;
}) {
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.size}
      centered={!props.top}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className="dialog">
          <Modal.Title className={props.titleHidden ? "for-readers" : "dialog-title"}>{props.title}</Modal.Title>
          {props.children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
