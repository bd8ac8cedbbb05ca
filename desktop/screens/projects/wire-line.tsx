import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo } from "react";

export type WireEdge = Edge<{ count: number | null; passed: boolean; mark: "added" | "removed" | null }, "wire">;

/** A wire from an exit to a block, with how often it was taken where that is asked for. */
export const WireLine = memo(function WireLine(props: EdgeProps<WireEdge>) {
  const { data, selected } = props;
  const [path, x, y] = getBezierPath(props);
  const classes = [
    "wire",
    selected ? "is-chosen" : "",
    data?.passed ? "is-passed" : "",
    data?.mark ? `is-${data.mark}` : "",
    data?.count === 0 ? "is-unused" : "",
  ];
  return (
    <>
      <BaseEdge
        path={path}
        className={classes.filter(Boolean).join(" ")}
        interactionWidth={16}
        {...(props.markerEnd === undefined ? {} : { markerEnd: props.markerEnd })}
      />
      {data?.count ? (
        <EdgeLabelRenderer>
          <span className="wire-count" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            {data.count.toLocaleString("en")}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});
