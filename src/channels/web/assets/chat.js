// What the page does beyond plain forms: it shows the latest line, sends with Enter, empties
// the field as a line goes out, and drops a line of the stream that it shows already.
const log = document.getElementById('log')
const field = document.querySelector('.say textarea')
const attached = document.querySelector('.say input[type=file]')
const hint = field?.placeholder ?? ''

// The end, or the beginning of the last line where that is taller than the page.
const toLatest = () => {
  const latest = log?.lastElementChild
  if (!latest) return
  const tall = latest.offsetHeight > log.clientHeight - 40
  log.scrollTo({ top: tall ? latest.offsetTop - log.offsetTop - 8 : log.scrollHeight })
}
toLatest()

// Whoever reads further up stays there when something comes; what is said on this page is gone to.
// Where they are is looked at as it comes: the event of a scroll comes a frame later than the scroll.
const NEAR = 120
const endOfLog = () => log.scrollHeight - log.clientHeight
let end = log && endOfLog()
let speaking = false
document.body.addEventListener('htmx:beforeSend', () => {
  speaking = true
})
log?.addEventListener('scroll', () => {
  end = endOfLog()
})
const follow = (changes) => {
  const added = changes.flatMap(({ addedNodes }) => [...addedNodes])
  const own = speaking && added.some((each) => each.classList?.contains('person'))
  const atEnd = end - log.scrollTop < NEAR
  end = endOfLog()
  if (own) speaking = false
  if (own || atEnd) toLatest()
}
if (log) new MutationObserver(follow).observe(log, { childList: true })

// A form that was sent folds to what was sent, so that it is not sent again by a slip; it can be opened again.
const saysOf = (form) =>
  [
    ...form.querySelectorAll(
      'label > input:not([type=radio]), label > select, label > textarea, .chips input:checked',
    ),
  ]
    .map((each) =>
      each.type === 'radio'
        ? each.nextElementSibling.textContent
        : each.tagName === 'SELECT'
          ? each.selectedOptions[0]?.text
          : each.value,
    )
    .filter(Boolean)
    .join(' · ')
document.body.addEventListener('htmx:afterRequest', (event) => {
  const form = event.detail.elt
  if (!form.matches('.form') || !event.detail.successful) return
  const fields = form.querySelector('fieldset')
  const folded = document.createElement('details')
  const summary = document.createElement('summary')
  summary.textContent = `✓ ${fields.querySelector('legend')?.textContent ?? ''} · ${saysOf(form)}`
  folded.className = 'sent'
  form.querySelector('details.sent')?.replaceWith(fields)
  fields.replaceWith(folded)
  folded.append(summary, fields)
})

document.body.addEventListener('htmx:sseBeforeMessage', (event) => {
  if (document.getElementById(`line-${event.detail.lastEventId}`)) event.preventDefault()
})

// Emptied as it goes out and not with its answer: the next line may be typed meanwhile, and the
// reply may come sooner by the stream. What did not arrive is put back before what was typed since.
const sent = new WeakMap()
document.body.addEventListener('htmx:beforeSend', (event) => {
  const form = event.detail.elt
  if (!form.matches('.say')) return
  sent.set(event.detail.xhr, { text: field.value, files: attached?.files })
  form.reset()
  attached?.dispatchEvent(new Event('change'))
})
document.body.addEventListener('htmx:afterRequest', (event) => {
  const line = sent.get(event.detail.xhr)
  if (!line || event.detail.successful) return
  field.value = [line.text, field.value].filter(Boolean).join('\n')
  if (!attached || attached.files.length || !line.files.length) return
  attached.files = line.files
  attached.dispatchEvent(new Event('change'))
})

// The chosen file's name stands where the words would, so that it is seen before it is sent.
attached?.addEventListener('change', () => {
  const [file] = attached.files
  attached.parentElement.classList.toggle('chosen', Boolean(file))
  attached.parentElement.title = file?.name ?? ''
  if (field) field.placeholder = file?.name ?? hint
})

field?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  if (field.value.trim() || attached?.files.length) field.form.requestSubmit()
})
