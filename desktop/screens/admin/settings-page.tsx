import { Button } from "@mantine/core";
import { ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { useSettings } from "./settings.ts";

/** The settings of the house. */
export function SettingsPage() {
  const settings = useSettings();
  return (
    <>
      <header className="screen-head">
        <h1>Settings</h1>
      </header>
      <div className="screen-body padded admin-settings">
        {settings.data === undefined ? (
          settings.error ? (
            <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
          ) : (
            <LoadingRows />
          )
        ) : (
          <Button>Save</Button>
        )}
      </div>
    </>
  );
}
