"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const views = Array.from(document.querySelectorAll(".view"));
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /* Pictures: their zoom, how they are dragged, and which is shown. */
  const zooms = new Map();
  const picture = (view) => view.querySelector("svg");

  function natural(view) {
    const box = picture(view).viewBox.baseVal;
    return { width: box.width, height: box.height };
  }

  /* Zooms so that the point of the picture at (x, y) of the view stays there. */
  function zoom(view, factor, x, y) {
    const size = natural(view);
    const before = zooms.get(view) || 1;
    const after = Math.min(4, Math.max(0.01, factor));
    const left = (view.scrollLeft + x) / before;
    const top = (view.scrollTop + y) / before;
    zooms.set(view, after);
    picture(view).setAttribute("width", String(size.width * after));
    picture(view).setAttribute("height", String(size.height * after));
    view.scrollLeft = left * after - x;
    view.scrollTop = top * after - y;
  }

  function zoomMiddle(view, factor) {
    zoom(view, factor, view.clientWidth / 2, view.clientHeight / 2);
  }

  function fit(view, whole) {
    const size = natural(view);
    const width = view.clientWidth / size.width;
    const factor = whole ? Math.min(width, view.clientHeight / size.height) : Math.min(1, Math.max(width, 0.55));
    zoom(view, factor, 0, 0);
    view.scrollLeft = (size.width * factor - view.clientWidth) / 2;
    view.scrollTop = 0;
  }

  const shown = () => views.find((view) => !view.hidden);

  function act(action, view) {
    const factor = zooms.get(view) || 1;
    if (action === "in") { zoomMiddle(view, factor * 1.25); }
    if (action === "out") { zoomMiddle(view, factor / 1.25); }
    if (action === "fit") { fit(view, false); }
    if (action === "all") { fit(view, true); }
  }

  document.querySelectorAll("[data-zoom]").forEach((button) => {
    button.addEventListener("click", () => act(button.dataset.zoom, shown()));
  });

  function movable(view) {
    const pointers = new Map();
    let spread = 0;
    let moved = 0;
    const distance = () => {
      const [a, b] = Array.from(pointers.values());
      return Math.hypot(a.x - b.x, a.y - b.y);
    };
    view.addEventListener("wheel", (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        const box = view.getBoundingClientRect();
        const factor = (zooms.get(view) || 1) * Math.exp(-event.deltaY / 300);
        zoom(view, factor, event.clientX - box.left, event.clientY - box.top);
      }
    }, { passive: false });
    view.addEventListener("pointerdown", (event) => {
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      moved = 0;
      if (pointers.size === 2) { spread = distance(); view.style.touchAction = "none"; }
    });
    view.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) { return; }
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 2) {
        const box = view.getBoundingClientRect();
        const [a, b] = Array.from(pointers.values());
        const next = distance();
        zoom(view, (zooms.get(view) || 1) * next / spread, (a.x + b.x) / 2 - box.left, (a.y + b.y) / 2 - box.top);
        spread = next;
        moved = 100;
      } else if (event.pointerType === "mouse") {
        moved += Math.abs(event.clientX - last.x) + Math.abs(event.clientY - last.y);
        if (moved > 4) { view.classList.add("dragging"); }
        view.scrollLeft -= event.clientX - last.x;
        view.scrollTop -= event.clientY - last.y;
      }
    });
    const end = (event) => {
      pointers.delete(event.pointerId);
      view.classList.remove("dragging");
      if (pointers.size < 2) { view.style.touchAction = ""; }
    };
    view.addEventListener("pointercancel", end);
    window.addEventListener("pointerup", end);
    /* Two fingers are ours even where one finger scrolls. */
    view.addEventListener("touchmove", (event) => {
      if (event.touches.length === 2) { event.preventDefault(); }
    }, { passive: false });
    view.addEventListener("click", (event) => {
      const node = event.target.closest(".node");
      if (node && moved <= 4) { open(node.dataset.to, false); }
    });
  }

  /* Operators: the arrow keys go to the nearest one on that side. */
  const place = (node) => {
    const matrix = node.transform.baseVal.consolidate().matrix;
    return { x: matrix.e, y: matrix.f };
  };

  function neighbour(node, key) {
    const from = place(node);
    const vertical = key === "ArrowDown" || key === "ArrowUp";
    const sign = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
    let best = null;
    let least = Infinity;
    node.parentNode.querySelectorAll(".node").forEach((other) => {
      const to = place(other);
      const along = sign * (vertical ? to.y - from.y : to.x - from.x);
      const across = Math.abs(vertical ? to.x - from.x : to.y - from.y);
      const cost = along + 3 * across;
      if (along > 0 && cost < least) { least = cost; best = other; }
    });
    return best;
  }

  function rove(node) {
    node.parentNode.querySelectorAll('[tabindex="0"]').forEach((other) => other.setAttribute("tabindex", "-1"));
    node.setAttribute("tabindex", "0");
  }

  function reveal(node) {
    const view = node.closest(".view");
    const factor = zooms.get(view) || 1;
    const at = place(node);
    const x = (at.x + 104) * factor + Math.max(0, (view.clientWidth - picture(view).clientWidth) / 2);
    view.scrollTo({
      left: x - view.clientWidth / 2,
      top: (at.y + 31) * factor - view.clientHeight / 2,
      behavior: still.matches ? "auto" : "smooth"
    });
  }

  function keys(view) {
    view.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) { return; }
      const node = event.target.closest(".node");
      const action = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
      if (action) {
        event.preventDefault();
        act(action, view);
      } else if (node && event.key.startsWith("Arrow")) {
        event.preventDefault();
        const next = neighbour(node, event.key);
        if (next) {
          rove(next);
          next.focus({ preventScroll: true });
          reveal(next);
        }
      } else if (node && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        open(node.dataset.to, true);
      }
    });
  }

  /* Tabs. */
  const tabs = Array.from(document.querySelectorAll('[role="tab"]'));

  function choose(tab) {
    tabs.forEach((other) => {
      other.setAttribute("aria-selected", String(other === tab));
      other.setAttribute("tabindex", other === tab ? "0" : "-1");
      byId(other.getAttribute("aria-controls")).hidden = other !== tab;
    });
    const view = shown();
    if (!zooms.has(view)) { fit(view, false); }
  }

  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        const next = tabs[(i + 1) % tabs.length];
        choose(next);
        next.focus();
      }
    });
  });

  /* Details of an operator: shown beside the picture, in which its node is marked. */
  let chosen = null;

  function show(id) {
    const article = byId(id);
    if (!article || article.tagName !== "ARTICLE") { return false; }
    if (chosen) { chosen.hidden = true; }
    chosen = article;
    article.hidden = false;
    byId("nothing").hidden = true;
    byId("details").scrollTop = 0;
    document.querySelectorAll(".node.chosen").forEach((node) => node.classList.remove("chosen"));
    const node = document.querySelector('.node[data-to="' + id + '"]');
    if (node) {
      choose(tabs.find((tab) => byId(tab.getAttribute("aria-controls")).contains(node)));
      node.classList.add("chosen");
      rove(node);
    }
    return true;
  }

  /* Opens an operator as a link to it would. */
  function open(id, focus) {
    show(id);
    history.replaceState(null, "", "#" + id);
    if (focus) { byId(id).querySelector("h3").focus(); }
  }

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (show(id)) {
      reveal(document.querySelector('.node[data-to="' + id + '"]'));
      byId("graph").scrollIntoView();
      byId(id).querySelector("h3").focus({ preventScroll: true });
      return;
    }
    const target = id && byId(id);
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.scrollIntoView();
      target.querySelector("summary").focus({ preventScroll: true });
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) { follow(); }
    const value = event.target.closest(".arena rect");
    if (value) { location.hash = value.dataset.to; }
  });
  window.addEventListener("hashchange", follow);

  /* Texts of kernels: unpacked and coloured when they are opened. */
  const words = {
    cu: /(\/\/[^\n]*|\/\*[^]*?\*\/)|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|^([ \t]*#[^\n]*)|\b(0x[0-9a-fA-F]+[uUlL]*|\d[\d.]*(?:e[+-]?\d+)?[fFuUlL]*)\b|\b(alignas|asm|auto|bool|break|case|char|const|constexpr|continue|default|do|double|else|enum|extern|false|float|for|if|inline|int|int4|long|namespace|return|short|signed|sizeof|static|struct|switch|template|true|typedef|typename|union|unsigned|using|void|volatile|while|__device__|__global__|__shared__|__forceinline__|__launch_bounds__|__restrict__|__grid_constant__|__align__)\b/gm,
    ptx: /(\/\/[^\n]*|\/\*[^]*?\*\/)|("[^"\n]*")|^([ \t]*\.(?:version|target|address_size|visible|entry|file|loc|pragma|maxntid|minnctapersm)\b[^\n]*)|\b(0[xfd][0-9a-fA-F]+U?|\d+)\b|^[ \t]*(?:@!?%\w+[ \t]+)?([a-z][\w]*(?:\.[\w:]+)*)/gm
  };
  const styles = ["", "c", "s", "d", "n", "k"];

  function coloured(text, kind) {
    const code = document.createElement("code");
    let at = 0;
    for (const match of text.matchAll(words[kind])) {
      const group = match.findIndex((part, i) => i > 0 && part !== undefined);
      const start = match.index + match[0].lastIndexOf(match[group]);
      code.append(text.slice(at, start));
      const span = document.createElement("span");
      span.className = styles[group];
      span.textContent = match[group];
      code.append(span);
      at = start + match[group].length;
    }
    code.append(text.slice(at));
    return code;
  }

  async function unpack(id) {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }

  async function load(details) {
    const code = details.querySelector(".code");
    if (!details.open || code.firstChild) { return; }
    try {
      const text = await unpack(details.dataset.packed);
      const pre = document.createElement("pre");
      pre.tabIndex = 0;
      pre.setAttribute("role", "region");
      pre.setAttribute("aria-label", details.dataset.kind === "cu" ? "CUDA source" : "PTX");
      pre.append(coloured(text, details.dataset.kind));
      code.replaceChildren(pre);
    } catch (error) {
      const message = document.createElement("p");
      message.textContent = "This browser cannot unpack the text: " + error.message;
      code.replaceChildren(message);
    }
  }

  document.querySelectorAll("details.text").forEach((details) => {
    details.addEventListener("toggle", () => load(details));
  });

  /* Paper cannot be unfolded: kernels are open while the page is printed. */
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = unfolded.concat(Array.from(document.querySelectorAll("details.kernel:not([open])")));
    unfolded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => {
    unfolded.forEach((details) => { details.open = false; });
    unfolded = [];
  });

  views.forEach((view) => { movable(view); keys(view); });
  choose(tabs[0]);
  const first = document.querySelector(".node.f-layer") || document.querySelector(".node");
  show(first.dataset.to);
  follow();
}());
