// Reading a question aloud, where the device itself has a voice for the language. A voice that lives on a server is not
// used: it would tell somebody else that this survey is being read.

/** Put a small button at every question; none where there is no voice. */
export function offerAloud(form) {
  if (!form.dataset.listen) return;
  const offer = () => {
    const voice = voiceFor(document.documentElement.lang);
    if (!voice || form.querySelector(".aloud")) return;
    for (const place of form.querySelectorAll(":scope .question, :scope .battery")) addButton(form, place, voice);
  };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
}

function voiceFor(language) {
  const wanted = language.split("-")[0];
  const names = wanted === "prs" ? ["prs", "fa"] : [wanted];
  return speechSynthesis.getVoices().find(({ lang, localService }) => localService && names.includes(lang.split(/[-_]/)[0].toLowerCase()));
}

function addButton(form, place, voice) {
  const { listen, quiet } = form.dataset;
  const text = place.querySelector(".question__text, .choice span, p");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "aloud";
  button.textContent = listen;
  button.setAttribute("aria-label", `${listen}: ${text.textContent.trim()}`);
  button.addEventListener("click", () => {
    const isSpeaking = button.textContent === quiet;
    speechSynthesis.cancel();
    if (isSpeaking) return;
    const utterance = new SpeechSynthesisUtterance(wordsOf(place));
    utterance.voice = voice;
    utterance.lang = voice.lang;
    const end = () => { button.textContent = listen; };
    utterance.addEventListener("end", end);
    utterance.addEventListener("error", end);
    button.textContent = quiet;
    speechSynthesis.speak(utterance);
  });
  place.before(button);
}

/** What a person sees of the question, in order; never what somebody wrote. */
function wordsOf(place) {
  const parts = place.matches(".battery")
    ? [".question__text", "thead th", "tbody tr:not([hidden]) th > span"]
    : [".question__text", ".question__help", ".question--info p", ".choice > span", ".scale__ends span", ".ranking__text", "option:not([value=''])"];
  return [...place.querySelectorAll(parts.join(", "))].map((part) => part.textContent.trim()).filter(Boolean).join(". ");
}
