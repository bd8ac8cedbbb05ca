import { ActionIcon } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import "./notice.css";

/** A value to take elsewhere, with the button that copies it. Where the browser does not copy, it can be selected. */
export function CopyValue(props: { value: string; label: string; fixed?: boolean; hidden?: boolean }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(props.value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <span className="copy-value">
      {props.hidden ? null : <span className={props.fixed ? "copy-text fixed" : "copy-text"}>{props.value}</span>}
      <ActionIcon size={24} aria-label={copied ? `${props.label}: copied` : `Copy ${props.label}`} onClick={copy}>
        {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </span>
  );
}
