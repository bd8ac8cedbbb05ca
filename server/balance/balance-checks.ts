import type { JournalLanguage } from "../journal.ts";
import type { BalanceCheck } from "./balance-check.ts";
import { answersCheck, endsCheck, lengthsCheck, queueAnswersCheck, rowsCheck, visitsCheck } from "./call-checks.ts";
import { createJournalCheck, damageCheck, linesCheck } from "./journal-checks.ts";
import { dispositionsCheck, leasesCheck, seatsCheck, usersCheck, wrapUpsCheck } from "./people-checks.ts";
import { recordingsCheck } from "./recording-checks.ts";
import { recordingPolicyCheck } from "./recording-policy-check.ts";
import { queueSumsCheck, reportSumsCheck } from "./sum-checks.ts";

/** Everything that is held against each other, in the order in which it is read. To add one: write it, add it here. */
export const createBalanceChecks = (language: JournalLanguage): readonly BalanceCheck[] => [
  createJournalCheck(language),
  linesCheck,
  damageCheck,
  endsCheck,
  rowsCheck,
  answersCheck,
  lengthsCheck,
  visitsCheck,
  queueAnswersCheck,
  seatsCheck,
  usersCheck,
  dispositionsCheck,
  leasesCheck,
  wrapUpsCheck,
  recordingsCheck,
  recordingPolicyCheck,
  reportSumsCheck,
  queueSumsCheck,
];
