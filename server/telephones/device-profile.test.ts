import { expect, it } from "vitest";
import { DeviceModel } from "../../contract/views.ts";
import { DEVICE_PROFILES, modelSeen, profileOf } from "./device-profile.ts";

it("has a profile for every model of the contract, each with a way to register", () => {
  expect(DEVICE_PROFILES.map(({ id }) => id).sort()).toEqual([...DeviceModel.enum].sort());
  for (const { steps } of DEVICE_PROFILES) {
    const text = steps.join(" ");
    for (const place of ["{server}", "{port}", "{user}", "{secret}"]) expect(text).toContain(place);
  }
});

it.each([
  ["Yealink SIP-T46U 108.86.0.20", "yealink"],
  ["snomD785/10.1.159.12", "snom"],
  ["Grandstream GRP2614 1.0.5.15", "grandstream"],
  ["PolycomVVX-VVX_411-UA/5.9.0.9373", "poly"],
  ["Fanvil X4U 2.4.10", "fanvil"],
  ["Cisco-CP-8851-3PCC/11.3.7", "cisco-mpp"],
  ["baresip v1.1.0 (x86_64/linux)", "baresip"],
  ["Something else 1.0", null],
  [null, null],
])("knows %s as %s", (userAgent, model) => {
  expect(modelSeen(userAgent)).toBe(model);
});

it("believes what was entered before what the device says, and treats the unknown as any telephone", () => {
  expect(profileOf("snom", "Yealink SIP-T46U").id).toBe("snom");
  expect(profileOf(null, "Yealink SIP-T46U").id).toBe("yealink");
  expect(profileOf(null, null).id).toBe("generic");
  expect(profileOf("a maker of later", null).id).toBe("generic");
});
