import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { FlowBlock, FlowNote } from "../../../contract/flow.ts";
import { counted } from "../../model/elapsed.ts";
import {
  blockExits,
  blockTitle,
  changeNote,
  changeOptions,
  removeParts,
  renameBlock,
  wire,
} from "../../model/projects/flow-edit.ts";
import { OptionField } from "./option-field.tsx";
import type { Designer } from "./use-designer.ts";

/** What is chosen on the canvas: a block's options and exits, a note, a wire, or several things at once. */
export function BlockPanel(props: { designer: Designer; onCopy: (cut: boolean) => void }) {
  const { designer } = props;
  const { flow, selected } = designer;
  const body = useRef<HTMLDivElement>(null);
  const { aim } = designer;
  useEffect(() => {
    // What was pointed at is where typing goes on; a mere click on a block leaves the canvas its keys.
    const { option, exit } = aim ?? {};
    const part =
      option !== undefined ? `[data-option="${option}"]` : exit !== undefined ? `[data-exit="${exit}"]` : null;
    if (part === null) return;
    const place = body.current?.querySelector(part);
    (place?.querySelector<HTMLElement>("input, textarea, button") ?? body.current)?.focus();
    place?.scrollIntoView({ block: "nearest" });
  }, [aim]);

  const block = selected.size === 1 ? flow.blocks.find(({ id }) => selected.has(id)) : undefined;
  const note = selected.size === 1 ? flow.notes.find(({ id }) => selected.has(id)) : undefined;
  return (
    <div className="panel-body" ref={body} tabIndex={-1} data-panel="block">
      {block !== undefined ? (
        <BlockForm key={block.id} designer={designer} block={block} />
      ) : note !== undefined ? (
        <NoteForm key={note.id} designer={designer} note={note} />
      ) : designer.wire !== null ? (
        <WireForm designer={designer} from={designer.wire} />
      ) : selected.size > 1 ? (
        <Several {...props} />
      ) : (
        <Nothing designer={designer} />
      )}
    </div>
  );
}

function BlockForm({ designer, block }: { designer: Designer; block: FlowBlock }) {
  const { kinds, edit, readOnly } = designer;
  const kind = kinds.get(block.type);
  const issues = designer.issues.filter((issue) => issue.block === block.id);
  const required = new Set(kind?.options.required ?? []);
  const title = blockTitle(block, kinds);
  return (
    <>
      <p className="quiet small">{kind === undefined ? `This house has no block “${block.type}”.` : kind.summary}</p>
      <div data-option="title">
        <TextInput
          label="Name"
          placeholder={kind?.title ?? block.type}
          maxLength={80}
          readOnly={readOnly}
          value={block.title ?? ""}
          onChange={({ currentTarget: { value } }) =>
            edit(`Rename ${title}`, (flow) => renameBlock(flow, block.id, value), `title ${block.id}`)
          }
          onBlur={designer.close}
        />
      </div>
      {Object.entries(kind?.options.properties ?? {}).map(([name, schema]) => (
        <div key={name} data-option={name}>
          <OptionField
            designer={designer}
            label={schema.title ?? name}
            description={schema.description}
            schema={schema}
            required={required.has(name) && schema.default === undefined}
            fixed={readOnly}
            problem={issues.find(({ option }) => option === name)?.words}
            value={block.options[name]}
            set={(value, part) =>
              edit(
                `Change ${title}`,
                (flow) => {
                  const now = flow.blocks.find(({ id }) => id === block.id)?.options ?? {};
                  const { [name]: _, ...others } = now;
                  return changeOptions(flow, kind, block.id, value === undefined ? others : { ...now, [name]: value });
                },
                isTyped(value) || part !== undefined ? `${block.id} ${name} ${part ?? ""}` : undefined,
              )
            }
          />
        </div>
      ))}
      <Exits designer={designer} block={block} />
    </>
  );
}

/** Letters come one after the other and are one step; a choice is a step of its own. */
const isTyped = (value: unknown) => typeof value === "string" || typeof value === "number";

function Exits({ designer, block }: { designer: Designer; block: FlowBlock }) {
  const { flow, kinds, edit, readOnly } = designer;
  const exits = blockExits(block, kinds);
  if (exits.length === 0) return null;
  const targets = flow.blocks
    .filter(({ type }) => kinds.get(type)?.entry !== true)
    .map((one) => ({ value: one.id, label: `${blockTitle(one, kinds)}${one.id === block.id ? " (again)" : ""}` }));
  const twice = new Set(targets.map(({ label }) => label).filter((label, at, all) => all.indexOf(label) !== at));
  return (
    <fieldset className="panel-exits">
      <legend>Exits</legend>
      {exits.map((exit) => {
        const issue = designer.issues.find((one) => one.block === block.id && one.exit === exit.name);
        return (
          <div key={exit.name} data-exit={exit.name}>
            <Select
              label={exit.title}
              placeholder="leads nowhere"
              error={issue?.words}
              readOnly={readOnly}
              searchable
              clearable
              limit={300}
              nothingFoundMessage="No block by that name"
              data={targets.map((one) =>
                twice.has(one.label) ? { ...one, label: `${one.label} · ${one.value}` } : one,
              )}
              value={block.exits[exit.name] ?? null}
              onChange={(to) => edit(to === null ? "Unwire" : "Wire", (was) => wire(was, block.id, exit.name, to))}
            />
          </div>
        );
      })}
    </fieldset>
  );
}

function NoteForm({ designer, note }: { designer: Designer; note: FlowNote }) {
  return (
    <div data-option="text">
      <Textarea
        label="Note"
        description="For those who draw; callers never hear it."
        autosize
        minRows={6}
        maxRows={20}
        maxLength={2000}
        readOnly={designer.readOnly}
        value={note.text}
        onChange={({ currentTarget: { value } }) =>
          designer.edit("Change the note", (flow) => changeNote(flow, note.id, value), `note ${note.id}`)
        }
        onBlur={designer.close}
      />
    </div>
  );
}

function WireForm({ designer, from }: { designer: Designer; from: { block: string; exit: string } }) {
  const { flow, kinds } = designer;
  const block = flow.blocks.find(({ id }) => id === from.block);
  const to = flow.blocks.find(({ id }) => id === block?.exits[from.exit]);
  if (block === undefined || to === undefined) return <Nothing designer={designer} />;
  const exit = blockExits(block, kinds).find(({ name }) => name === from.exit)?.title ?? from.exit;
  return (
    <>
      <p>
        From <strong>{blockTitle(block, kinds)}</strong> by “{exit}” to <strong>{blockTitle(to, kinds)}</strong>.
      </p>
      <div className="panel-acts">
        <Button onClick={() => designer.reveal(block.id, { exit: from.exit })}>Show the exit</Button>
        {designer.readOnly ? null : (
          <Button
            color="fault"
            onClick={() => designer.edit("Remove the wire", (was) => wire(was, from.block, from.exit, null))}
          >
            Remove the wire
          </Button>
        )}
      </div>
    </>
  );
}

function Several({ designer, onCopy }: { designer: Designer; onCopy: (cut: boolean) => void }) {
  const { selected, readOnly } = designer;
  return (
    <>
      <p>{counted(selected.size, "thing is", "things are")} chosen.</p>
      <div className="panel-acts">
        <Button onClick={() => onCopy(false)}>Copy</Button>
        {readOnly ? null : (
          <>
            <Button onClick={() => onCopy(true)}>Cut</Button>
            <Button
              color="fault"
              onClick={() => designer.edit(`Delete ${selected.size} parts`, (was) => removeParts(was, selected))}
            >
              Delete
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function Nothing({ designer }: { designer: Designer }) {
  const { flow } = designer;
  return (
    <p className="quiet">
      {designer.readOnly
        ? "Choose a block to see what it does."
        : flow.blocks.length <= 1
          ? "Drag a block from the left onto the canvas, or choose Start and press Enter. Then pull wires from exits to blocks."
          : `${counted(flow.blocks.length, "block")}. Choose one to change what it does and where it leads.`}
    </p>
  );
}
