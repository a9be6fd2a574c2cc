/** The panel's look. Adopted, never inline, so that a strict content policy may hold. */

const text = `
:host{--ink:#16211f;--ink-2:#5a6865;--line:#e3e8e6;--paper:#fff;--deep:#eef3f1;--wrong:#b42318;--amber:#8a4a04;--amber-soft:#fdf1df;
--soft:color-mix(in srgb,var(--accent) 12%,var(--paper))}
:host([data-theme=dark]){--ink:#e6edeb;--ink-2:#a0adaa;--line:#2b3936;--paper:#141c1a;--deep:#1f2a28;--wrong:#f1776c;--amber:#f0a94b;--amber-soft:#33260f}
.panel{position:fixed;width:376px;max-width:calc(100% - 24px);height:min(620px,100% - var(--y) - 20px);display:flex;flex-direction:column;overflow:hidden;
background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:16px;box-shadow:0 20px 60px #10212f38;
font:14px/1.45 Inter,"Segoe UI",system-ui,sans-serif;text-align:start}
:where(.panel,.panel *){box-sizing:border-box;margin:0;padding:0}
:where(.panel *){font:inherit;color:inherit}
@media (max-width:479px){.panel{inset:0;width:auto;max-width:none;height:100dvh;border:0;border-radius:0}textarea{font-size:16px}}
@media (prefers-reduced-motion:no-preference){.panel{animation:a .16s}@keyframes a{0%{transform:translateY(8px);opacity:0}}}
button{cursor:pointer;background:none;border:0}
:focus-visible,.link:focus-within{outline:2px solid var(--mark);outline-offset:1px}
.log:focus-visible{outline-offset:-2px}
header{display:flex;align-items:center;gap:10px;padding:12px;padding-inline-start:16px;border-bottom:1px solid var(--line)}
.grow{flex:1;min-width:0}
h2,b{font-weight:600}
h2{font-size:15px}
small,.who,.banner,.hours,.system,.wrong,.typing,.link,.waiting p,.foot>p,.person{font-size:12.5px}
small,.who,.system,.typing,.greeting,.quiet{color:var(--ink-2)}
.dot,.typing i{width:8px;height:8px;border-radius:50%;background:var(--mark)}
.person{background:var(--soft);color:var(--mark);border-radius:8px;padding:7px 10px;white-space:nowrap}
.close{width:32px;height:32px;font-size:22px;line-height:1;border-radius:8px}
.banner{background:var(--amber-soft);color:var(--amber);padding:8px 16px}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:14px}
.log,ol{display:flex;flex-direction:column;gap:9px}
ol{list-style:none}
li{max-width:84%;align-self:flex-start;display:flex;flex-direction:column;align-items:flex-start;gap:3px}
li p{padding:8px 12px;border-radius:14px;border-end-start-radius:4px;background:var(--deep);white-space:pre-wrap;overflow-wrap:anywhere}
.mine{align-self:flex-end;align-items:flex-end}
.mine p{background:var(--accent);color:var(--on);border-end-start-radius:14px;border-end-end-radius:4px}
.faint p{opacity:.72}
.system{align-self:center;text-align:center}
.wrong{color:var(--wrong)}
.choices{flex-flow:wrap;gap:7px;max-width:none}
.chip,.file{border:1px solid var(--line);border-radius:16px;padding:5px 13px;text-align:start;overflow-wrap:anywhere}
.chip{border-color:var(--mark);color:var(--mark)}
.chip:hover{background:var(--soft)}
.typing,.write,.under{display:flex;gap:8px;align-items:center}
.hours{background:var(--amber-soft);color:var(--amber);border-radius:10px;padding:8px 12px}
.picture{border-radius:12px;padding:4px}
.picture img{display:block;max-width:220px;max-height:180px;border-radius:9px}
.survey{border:0;display:grid;gap:8px}
.scores{display:flex;gap:6px}
.scores button{flex:1;padding:7px 0;border-radius:10px;border:1px solid var(--line)}
.scores [aria-pressed=true]{border-color:var(--mark);background:var(--soft)}
.survey :is(textarea,input,select){background:none;border:1px solid var(--line);border-radius:10px;padding:6px 10px}
.waiting{border:1px solid var(--line);border-radius:12px;padding:12px;display:grid;gap:7px;justify-items:start}
.link{color:var(--mark);text-decoration:underline;cursor:pointer}
.quiet{color:var(--ink-2)}
.foot{padding:10px 12px;border-top:1px solid var(--line);display:grid;gap:8px}
.write{align-items:flex-end;border:1px solid var(--line);border-radius:20px;padding:4px;padding-inline-start:14px}
.write:focus-within{border-color:var(--mark);box-shadow:0 0 0 1px var(--mark)}
textarea{flex:1;border:0;background:none;resize:none;padding:5px 0;max-height:120px;field-sizing:content;min-width:0}
textarea:focus{outline:0}
textarea::placeholder{color:var(--ink-2);opacity:1}
.send,.main{background:var(--accent);color:var(--on);border-radius:16px;padding:7px}
.main{padding:7px 14px}
.send{display:grid}
.send[aria-disabled=true]{background:var(--deep);color:var(--ink-2)}
.send svg{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}
.under{justify-content:space-between;padding:0 4px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`

export const css = new CSSStyleSheet()
css.replaceSync(text)
