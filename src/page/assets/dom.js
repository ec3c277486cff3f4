// Elements and words. Whatever comes from the tables becomes text here, never markup.

let words = {};

export function setWords(all) {
  words = all;
}

/** The words of a key in the reader's language; `{name}` in them is replaced. */
export function t(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** An element: properties, then children; strings become text. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || (value === false && !name.startsWith("aria-"))) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Text for those who hear the page. */
export const heard = (text) => h("span", { class: "heard" }, text);

export const byId = (id) => document.getElementById(id);

/** A button with a label, and a hint where the label is a sign. */
export function button(label, press, properties = {}) {
  return h("button", { type: "button", onclick: press, ...properties }, label);
}
