import { expect, it } from "vitest";
import { firstOrdinaryAccount } from "./ordinary-user.ts";

it("takes the first account that is not root", () => {
  const passwd =
    "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nme:x:1000:1000::/:\n";
  expect(firstOrdinaryAccount(passwd)).toEqual({ uid: 1, gid: 1 });
});

it("finds none where root is alone", () => {
  expect(firstOrdinaryAccount("root:x:0:0:root:/root:/bin/bash\n")).toBeUndefined();
  expect(firstOrdinaryAccount("")).toBeUndefined();
});
