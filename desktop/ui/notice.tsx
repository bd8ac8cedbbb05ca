import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import "./notice.css";

export interface NoticeText {
  text: string;
  /** What takes it back, and its word. */
  act?: { word: string; run: () => void };
}

/** What was just done, in a line below the work, until somebody puts it away or something else is done. */
export function Notice(props: { notice: NoticeText | null; onClose: () => void }) {
  const { notice } = props;
  return (
    <div role="status" className={notice === null ? "" : "notice"}>
      {notice === null ? null : (
        <>
          <span>{notice.text}</span>
          {notice.act === undefined ? null : (
            <Button size="xs" onClick={notice.act.run}>
              {notice.act.word}
            </Button>
          )}
          <ActionIcon size={24} aria-label="Put away" onClick={props.onClose}>
            <IconX size={14} />
          </ActionIcon>
        </>
      )}
    </div>
  );
}
