import type { Clock } from "./clock.ts";
import type { Database } from "./db/pool.ts";
import { kindOf } from "./ivr/block.ts";
import { BLOCKS } from "./ivr/blocks/index.ts";
import { createProjectService } from "./ivr/project-service.ts";
import type { Services } from "./services.ts";
import type { ChangeService } from "./staff/change-service.ts";

/** All that leads callers by voice: IVR projects. */
export function createAnswering(deps: { db: Database; clock: Clock; changes: ChangeService }): {
  services: Pick<Services, "projects" | "blockKinds">;
} {
  const { db, clock, changes } = deps;
  const blockKinds = BLOCKS.map(kindOf);
  const kinds = new Map(blockKinds.map((kind) => [kind.type, kind]));
  return { services: { blockKinds, projects: createProjectService({ db, clock, changes, kinds }) } };
}
