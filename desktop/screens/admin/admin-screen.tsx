import { Link, useParams } from "@tanstack/react-router";
import { EmptyState } from "../../ui/blank.tsx";
import "./admin.css";
import { AdminHome } from "./admin-home.tsx";
import { sections } from "./sections.tsx";

/** The administration: sections on the left, the chosen page beside them. */
export function AdminScreen() {
  const params: { page?: string } = useParams({ strict: false });
  const { page } = params;
  const pages = sections.flatMap((section) => section.pages);
  const Page = page === undefined ? AdminHome : pages.find((one) => one.path === page)?.Page;
  return (
    <div className="admin">
      <nav className="admin-sections" aria-label="Administration">
        <Link to="/administration" activeOptions={{ exact: true }}>
          Overview
        </Link>
        {sections.map((section) => (
          <div key={section.title}>
            <p className="label">{section.title}</p>
            {section.pages.map((one) => (
              <Link key={one.path} to="/administration/$page" params={{ page: one.path }} search={{}}>
                {one.title}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="admin-page" key={page ?? ""}>
        {Page === undefined ? <EmptyState title="There is no such page in the administration" /> : <Page />}
      </div>
    </div>
  );
}
