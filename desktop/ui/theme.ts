import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Mantine wants ten shades of a colour; ours is one token that knows light and dark by itself. */
const one = (token: string): MantineColorsTuple => [
  token,
  token,
  token,
  token,
  token,
  token,
  token,
  token,
  token,
  token,
];

type Ten<T> = [T, T, T, T, T, T, T, T, T, T];
/** Mantine's greys, of which light and dark use different ends, said in tokens. */
const shades = (...tokens: Ten<string>): MantineColorsTuple => tokens.map((name) => `var(--${name})`) as Ten<string>;

/** Buttons and their like: filled acts, `default` stands by, `subtle` lies flat; `color="fault"` warns. */
const variants: VariantColorsResolver = (input) => {
  const warns = input.color === "fault";
  const colour = warns ? "var(--fault)" : "var(--accent)";
  switch (input.variant) {
    case "filled":
      return {
        background: colour,
        hover: warns ? "var(--fault)" : "var(--accent-strong)",
        color: warns ? "var(--sheet)" : "var(--on-accent)",
        border: "1px solid transparent",
      };
    case "default":
      return {
        background: "var(--sheet)",
        hover: "var(--hover)",
        color: warns ? "var(--fault)" : "var(--ink)",
        border: `1px solid ${warns ? "var(--fault)" : "var(--line-strong)"}`,
      };
    case "subtle":
    case "transparent":
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: colour,
        border: "1px solid transparent",
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

/** Mantine's own variables said in ours, so that no component brings a colour along. */
const ours = {
  "--mantine-color-body": "var(--ground)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-2)",
  "--mantine-color-placeholder": "var(--ink-2)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--fault)",
  "--mantine-color-default": "var(--sheet)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--sunk)",
  "--mantine-color-disabled-color": "var(--ink-2)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-strong)",
  "--mantine-primary-color-light": "var(--accent-wash)",
  "--mantine-primary-color-light-color": "var(--accent)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
  "--mantine-shadow-xs": "none",
  "--mantine-shadow-sm": "none",
  "--mantine-shadow-md": "none",
  "--mantine-shadow-lg": "none",
  "--mantine-shadow-xl": "none",
};

/** Said for light and dark as well: Mantine's own words for these are more particular than those for all. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: ours, light: ours, dark: ours });

/** Mantine, dressed in the tokens: 13-pixel text, 30-pixel controls, hairlines, corners of two pixels. */
export const theme = createTheme({
  fontFamily: "var(--face)",
  fontFamilyMonospace: "var(--face-fixed)",
  fontSizes: { xs: "12px", sm: "13px", md: "15px", lg: "20px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "28px", xl: "28px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "2px", sm: "2px", md: "2px", lg: "2px", xl: "2px" },
  defaultRadius: "sm",
  headings: { fontFamily: "var(--face)", fontWeight: "600" },
  white: "var(--sheet)",
  black: "var(--ink)",
  colors: {
    accent: one("var(--accent)"),
    fault: one("var(--fault)"),
    gray: shades("hover", "hover", "line", "line", "line-strong", "line-strong", "ink-2", "ink-2", "ink", "ink"),
    dark: shades("ink", "ink", "ink-2", "ink-2", "line-strong", "hover", "sheet", "ground", "sunk", "sunk"),
  },
  primaryColor: "accent",
  autoContrast: false,
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver: variants,
  components: {
    Button: { defaultProps: { size: "sm", variant: "default" } },
    ActionIcon: { defaultProps: { size: 28, variant: "subtle" } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    NumberInput: { defaultProps: { size: "sm" } },
    Textarea: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", allowDeselect: false } },
    MultiSelect: { defaultProps: { size: "sm" } },
    TagsInput: { defaultProps: { size: "sm" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs", withThumbIndicator: false } },
    // A head of its own element would be a second banner of the page.
    ModalHeader: { defaultProps: { role: "presentation" } },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 0 },
        offset: 4,
        position: "bottom-end",
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, offset: 4 } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 300 } },
  },
});
