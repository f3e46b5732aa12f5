import { html } from 'hono/html'
import type { Line } from '../../core/chat.ts'
import type { Role } from '../../core/staff.ts'
import { type Language, speaker, type Text, text } from '../../core/text.ts'
import type { Person } from '../plugin.ts'
import { MOST_CHARACTERS } from './read.ts'
import { type Html, render, whole } from './render.ts'

/** What every page of the chat is drawn with. */
export interface PageSetting {
  /** The path below which the chat lives, without a slash at the end. */
  readonly base: string
  readonly bankName: string
  readonly timezone: string
  readonly language: Language
  /** The bank was opened to try the service out, which every page says. */
  readonly trial: boolean
}

function shell({ base, language, bankName, trial }: PageSetting, title: string, body: Html): Html {
  const say = speaker(language)
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false}'>
<title>${title} · ${say('晨会', 'Chenhui')} · ${bankName}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}/assets/chat.css">
<script src="${base}/assets/htmx.js" defer></script>
<script src="${base}/assets/sse.js" defer></script>
<script src="${base}/assets/chat.js" defer></script>
</head>
<body>${trial ? html`<p class="trial">${say('试用：这里可以扮演任何人，请勿录入真实客户。', 'On trial: anybody may speak as anybody here. Enter no real clients.')}</p>` : ''}${body}</body>
</html>`
}

const languageSwitch = (language: Language): Html =>
  language === 'zh'
    ? html`<a class="switch" href="?lang=en" lang="en">English</a>`
    : html`<a class="switch" href="?lang=zh" lang="zh-CN">中文</a>`

function peopleList(people: readonly Person[], current: string, page: PageSetting): Html {
  const units = Map.groupBy(people, ({ unit }) => unit)
  return html`${[...units].map(
    ([unit, members]) =>
      html`<section><h2>${unit}</h2><ul class="people">${members.map(
        ({ code, name, role }) =>
          html`<li><a href="${page.base}/as/${code}"${code === current ? html` aria-current="page"` : ''}><b>${name}</b><span>${role[page.language]}</span><i>${code}</i></a></li>`,
      )}</ul></section>`,
  )}`
}

/** The first page: who would you like to be. */
export function peoplePage(people: readonly Person[], page: PageSetting): Html {
  const say = speaker(page.language)
  return shell(
    page,
    say('选一个身份', 'Who are you'),
    html`<main class="picker">
<header><h1>${say('晨会', 'Chenhui')} <small>${page.bankName}</small></h1>${languageSwitch(page.language)}</header>
<p class="lead">${say('选一个身份，看看他的早晨。', 'Pick somebody and see their morning.')}</p>
${
  people.length > 0
    ? peopleList(people, '', page)
    : html`<p>${say('还没有员工。', 'There is nobody yet.')}</p>`
}
</main>`,
  )
}

/** What each begins the day with; null: nothing in particular. */
const FIRST: Readonly<Record<Role, Text | null>> = {
  manager: text('今日', 'today'),
  lead: text('看板', 'desk'),
  head: text('看板', 'desk'),
  marketing: text('待批', 'pending'),
  risk: text('待批', 'pending'),
  line: text('移交', 'hand-over'),
  staff: null,
}
const ALWAYS = [text('我的码', 'my code'), text('撤销', 'undo'), text('帮助', 'help')]

/** One person's conversation. */
export function chatPage(
  person: Person,
  people: readonly Person[],
  lines: readonly Line[],
  page: PageSetting,
): Html {
  const say = speaker(page.language)
  const here = `${page.base}/as/${person.code}`
  const last = lines.at(-1)?.id ?? ''
  return shell(
    page,
    person.name,
    html`<div class="chat">
<nav class="side" aria-label="${say('身份', 'People')}"><header><h1>${say('晨会', 'Chenhui')}</h1>${languageSwitch(page.language)}</header>${peopleList(people, person.code, page)}</nav>
<main>
<header><a class="back" href="${page.base}" aria-label="${say('换一个身份', 'Somebody else')}">‹</a>
<h1>${person.name} <small>${person.role[page.language]} · ${person.unit} · ${person.code}</small></h1></header>
<div id="log" role="log" aria-label="${say('对话', 'Conversation')}" tabindex="0" hx-ext="sse" sse-connect="${here}/events?after=${last}" sse-swap="line" hx-swap="beforeend">${lines.map((line) => lineOf(line, here, page))}</div>
<footer>
<form class="quick" method="post" action="${here}/say" hx-post="${here}/say" hx-swap="none">
${[FIRST[person.is], ...ALWAYS].map(
  (word) =>
    word &&
    html`<button name="text" value="${word[page.language]}">${word[page.language]}</button>`,
)}
</form>
<form class="say" method="post" action="${here}/say" enctype="multipart/form-data" hx-post="${here}/say" hx-encoding="multipart/form-data" hx-swap="none">
<label class="attach"><input type="file" name="file" accept=".xlsx,.csv,image/*" aria-label="${say('附文件', 'Attach a file')}"><span aria-hidden="true">+</span></label>
<textarea name="text" rows="1" maxlength="${MOST_CHARACTERS}" autocomplete="off" aria-label="${say('说点什么', 'Say something')}" placeholder="${
      person.is === 'manager'
        ? say('如：1 有意向 50万 周五', '1 interested 500k Friday')
        : say('说点什么', 'Say something')
    }"></textarea>
<button class="primary">${say('发送', 'Send')}</button>
</form>
</footer>
</main>
</div>`,
  )
}

/** One line as it stands in the log, on the page and in the stream. */
export function lineOf(line: Line, here: string, page: PageSetting): Html {
  const time = html`<time datetime="${line.at.toISOString()}">${timeOf(line.at, page)}</time>`
  if (line.from === 'person') {
    return html`<article class="person" id="line-${line.id}"><div class="said">${whole(line.text)}</div>${time}</article>`
  }
  return html`<article class="bot" id="line-${line.replaces ?? line.id}"${
    line.replaces ? html` hx-swap-oob="true"` : ''
  }><div class="card">${render(line.card, { action: `${here}/say`, language: page.language })}</div>${time}</article>`
}

const timeOf = (at: Date, { timezone }: PageSetting): string =>
  at.toLocaleTimeString('zh-CN', { timeZone: timezone, hour: '2-digit', minute: '2-digit' })

/** Asks for the secret. */
export function doorPage(wrong: boolean, page: PageSetting): Html {
  const say = speaker(page.language)
  return shell(
    page,
    say('口令', 'Secret'),
    html`<main class="picker"><h1>${say('晨会', 'Chenhui')} <small>${page.bankName}</small></h1>
<form class="form" method="post" action="${page.base}/door"><fieldset><legend>${say('请输入口令', 'Please enter the secret')}</legend>
${wrong ? html`<p role="alert" class="fault">${say('口令不对，请向管理员要。', 'That is not it; ask your administrator.')}</p>` : ''}
<label>${say('口令', 'Secret')}<input type="password" name="secret" required autocomplete="current-password"></label>
<button class="primary">${say('进入', 'Enter')}</button></fieldset></form></main>`,
  )
}

/** There is no such person, or no such page. */
export function missingPage(page: PageSetting): Html {
  const say = speaker(page.language)
  return shell(
    page,
    say('没有这个人', 'Nobody there'),
    html`<main class="picker"><h1>${say('没有这个人', 'Nobody there')}</h1>
<p><a href="${page.base}">${say('选一个身份', 'Pick somebody')}</a></p></main>`,
  )
}
