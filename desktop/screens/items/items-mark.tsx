import { useHotkeys } from "@mantine/hooks";
import { IconInbox } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { counted } from "../../model/elapsed.ts";
import { itemsWaiting, oldestItem } from "../../model/item-view.ts";
import { Key } from "../../ui/key.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { useItemsAgain } from "./use-items.ts";
import "./items.css";

/** How many items wait, on every screen: the way to them by click and by F10. Nothing where none does. */
export function ItemsMark() {
  const { snapshot } = useDesk();
  const navigate = useNavigate();
  const time = useHouseTime();
  useItemsAgain(snapshot.items.revision);
  useHotkeys(
    [
      [
        "F10",
        () => {
          // The list takes the focus that nothing else has.
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          void navigate({ to: "/items", search: {} });
        },
      ],
    ],
    [],
  );
  const waiting = itemsWaiting(snapshot.items);
  const oldest = oldestItem(snapshot.items);
  if (waiting === 0) return null;
  return (
    <Link
      to="/items"
      search={{}}
      className="bar-items"
      aria-keyshortcuts="F10"
      title={oldest === null ? "" : `The oldest since ${time.when(oldest)}`}
    >
      <IconInbox size={16} stroke={1.5} aria-hidden="true" />
      <span>
        {waiting.toLocaleString("en")}
        <span className="bar-items-word"> {counted(waiting, "item").replace(/^\S+ /, "")}</span>
      </span>
      <Key name="F10" />
    </Link>
  );
}
