import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { DeviceProfileView, MadeTelephone } from "../../../../contract/telephones.ts";
import { accountUri, filledSteps, type SheetServer } from "../../../model/provisioning-sheet.ts";
import { QrCode } from "../../../ui/qr-code.tsx";
import { useSettings } from "../../house-settings.ts";
import { profileFor, useDeviceProfiles } from "./sheet-facts.ts";
import "./sheet.css";

/** Prints a page for each telephone. `sheets` has to stand on the page; it draws nothing until something is printed. */
export function usePrintedSheets(server: SheetServer | undefined) {
  const [made, setMade] = useState<readonly MadeTelephone[] | null>(null);
  useEffect(() => {
    if (made === null) return;
    const done = () => setMade(null);
    addEventListener("afterprint", done);
    print();
    return () => removeEventListener("afterprint", done);
  }, [made]);
  return {
    print: (telephones: readonly MadeTelephone[]) => setMade([...telephones]),
    sheets: made === null || server === undefined ? null : <Sheets made={made} server={server} />,
  };
}

function Sheets(props: { made: readonly MadeTelephone[]; server: SheetServer }) {
  const profiles = useDeviceProfiles();
  const house = useSettings().data?.houseName ?? "Perch";
  return createPortal(
    <div className="sheets">
      {props.made.map((one) => (
        <Sheet key={one.telephone.id} made={one} server={props.server} house={house} profiles={profiles} />
      ))}
    </div>,
    document.body,
  );
}

/** One page on paper: what to enter, the code, and where in the device's menus it is entered. */
function Sheet(props: {
  made: MadeTelephone;
  server: SheetServer;
  house: string;
  profiles: readonly DeviceProfileView[];
}) {
  const { telephone, secret } = props.made;
  const { server } = props;
  const profile = profileFor(props.profiles, telephone);
  const account = { ...telephone, secret };
  const lines: [string, string | null][] = [
    ["Server", server.host],
    ["Port", String(server.port)],
    ["Transport", server.tlsPort === null ? "UDP" : `UDP; TLS on port ${server.tlsPort}`],
    ["User", telephone.username],
    ["Secret", secret],
    ["Internal number", telephone.internal],
    ["Place", telephone.place],
  ];
  return (
    <section className="sheet">
      <header>
        <h1>{telephone.fullName}</h1>
        <p>{props.house}</p>
      </header>
      <div className="sheet-facts">
        <dl>
          {lines.map(([name, value]) =>
            value === null ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
        <figure>
          <QrCode text={accountUri(account, server)} label={`Account of ${telephone.fullName}`} size={190} />
          <figcaption>The same as a SIP address, for softphones that read it.</figcaption>
        </figure>
      </div>
      {profile === undefined ? null : (
        <>
          <h2>{profile.name}</h2>
          <ol>
            {filledSteps(profile.steps, account, server).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {profile.note === null ? null : <p>{profile.note}</p>}
        </>
      )}
      {server.warning === null ? null : <p className="sheet-warning">{server.warning}</p>}
      <footer>Whoever has this page can register as this telephone. Destroy it when the telephone is set up.</footer>
    </section>
  );
}
