import type { VoiceLanguage } from "../voice-dialogue.ts";

/**
 * What the house says by itself, as the engine speaks it. Numbers are written as digits, so that each language reads
 * them in its own way. A saying with a number has a form for one and a form for several (none is several, but where it
 * has a form of its own); `#` is the number.
 */
type Plural = { none?: string; one: string; several: string };
/** `{name}` is put in as it is. */
type Words = string | Plural;

const ENGLISH = {
  "queue-position": {
    one: "You are next in line.",
    several: "You are number # in the queue.",
  },
  "queue-wait-minutes": {
    none: "The estimated wait is less than one minute.",
    one: "The estimated wait is about one minute.",
    several: "The estimated wait is about # minutes.",
  },
  "queue-thanks": "Thank you for waiting.",
  "queue-all-busy": "All our agents are busy. Please hold the line.",
  "queue-callback": "To be called back, press {key}.",
  "callback-confirm-number": "We will call you back on {digits}. To confirm, press 1. To give another number, press 2.",
  "callback-ask-number": "Please enter the number on which we can reach you, followed by the hash key.",
  "callback-taken": "Thank you. We will call you back.",
  "callback-confirm-calling": "We will call you back on {digits}. To confirm, press 1.",
  "callback-asked-already": "You have asked already. We will call you back.",
  "callback-not-possible": "We cannot call that number.",
  "leave-message": "Please leave a message after the tone. When you have finished, press the hash key.",
  "message-kept": "Thank you. Your message has been saved.",
  "message-too-short": "Nothing was recorded.",
  "message-review": "To keep it, press 1. To hear it, press 2. To record it again, press 3.",
  "accept-call": "A call from {name}. To accept, press 1.",
  "accept-queue-call": "A call for {name}. To accept, press 1.",
  "not-accepted": "The call was not accepted.",
  "invalid-choice": "That is not one of the choices.",
  "no-input": "Nothing was entered.",
  "try-again": "Please try again.",
  "please-hold": "One moment, please.",
  "closed-now": "We are closed at the moment.",
  "cannot-now": "This is not possible at the moment. Please try again later.",
  goodbye: "Thank you for your call. Goodbye.",
  "agent-ask-number": "Please enter your agent number, followed by the hash key.",
  "agent-ask-pin": "Please enter your PIN, followed by the hash key.",
  "agent-logged-in": "You are logged in.",
  "agent-rung-back": "Please hang up. You will be called back, to enter your PIN.",
  "agent-logged-out": "You are logged out.",
  "agent-already-logged-in": "You are already logged in.",
  "agent-not-logged-in": "You are not logged in.",
  "agent-wrong-login": "The number or the PIN is not right.",
  "agent-locked": "Too many wrong attempts. Please try again later, or ask your supervisor.",
  "agent-not-permitted": "You are not permitted to do this.",
  "agent-ready": "You are ready for calls.",
  "agent-paused": "You are paused.",
  "agent-paused-because": "You are paused: {name}.",
  "agent-ask-reason": "Please enter the number of the reason.",
  "agent-calls-waiting": {
    none: "No calls are waiting.",
    one: "One call is waiting.",
    several: "# calls are waiting.",
  },
  "agent-queue-waiting": {
    none: "{name}: no calls waiting.",
    one: "{name}: one call waiting.",
    several: "{name}: # calls waiting.",
  },
  "agent-menu": "To pause, press 1. To be ready, press 2. To hear your queues, press 3. To log out, press 9.",
  "dispose-ask": "How did the call end?",
  "dispose-choice": "For {name}, press {key}.",
  "dispose-later": "To leave it for later, press the hash key.",
  "dispose-nothing": "No call waits for its outcome.",
  "dispose-done": "The outcome is saved.",
  "survey-ask": "Please rate your call from 1 to 5.",
  "survey-thanks": "Thank you for your answer.",
  "prompt-speak": "Speak after the tone. When you have finished, press the hash key.",
  "prompt-kept": "It is kept.",
} as const satisfies Record<string, Words>;

export type BuiltInKey = keyof typeof ENGLISH;

const ITALIAN: Record<BuiltInKey, Words> = {
  "queue-position": {
    one: "Lei è il prossimo della coda.",
    several: "Lei è il numero # della coda.",
  },
  "queue-wait-minutes": {
    none: "L'attesa prevista è di meno di un minuto.",
    one: "L'attesa prevista è di circa un minuto.",
    several: "L'attesa prevista è di circa # minuti.",
  },
  "queue-thanks": "Grazie per l'attesa.",
  "queue-all-busy": "Tutti i nostri operatori sono occupati. La preghiamo di restare in linea.",
  "queue-callback": "Per essere richiamato, prema {key}.",
  "callback-confirm-number":
    "La richiameremo al numero {digits}. Per confermare prema 1. Per indicare un altro numero prema 2.",
  "callback-ask-number": "Digiti il numero al quale possiamo richiamarla, seguito dal tasto cancelletto.",
  "callback-taken": "Grazie. La richiameremo.",
  "callback-confirm-calling": "La richiameremo al numero {digits}. Per confermare prema 1.",
  "callback-asked-already": "La sua richiesta risulta già registrata. La richiameremo.",
  "callback-not-possible": "Non possiamo chiamare questo numero.",
  "leave-message": "Lasci un messaggio dopo il segnale acustico. Al termine prema il tasto cancelletto.",
  "message-kept": "Grazie. Il suo messaggio è stato salvato.",
  "message-too-short": "Non è stato registrato nulla.",
  "message-review": "Per confermare prema 1. Per riascoltare prema 2. Per registrare di nuovo prema 3.",
  "accept-call": "Chiamata da {name}. Per accettare prema 1.",
  "accept-queue-call": "Chiamata per {name}. Per accettare prema 1.",
  "not-accepted": "La chiamata non è stata accettata.",
  "invalid-choice": "La scelta non è valida.",
  "no-input": "Non è stato digitato nulla.",
  "try-again": "La preghiamo di riprovare.",
  "please-hold": "Un momento, per favore.",
  "closed-now": "In questo momento i nostri uffici sono chiusi.",
  "cannot-now": "In questo momento non è possibile. La preghiamo di riprovare più tardi.",
  goodbye: "Grazie per la chiamata. Arrivederci.",
  "agent-ask-number": "Digiti il suo numero di operatore, seguito dal tasto cancelletto.",
  "agent-ask-pin": "Digiti il suo codice segreto, seguito dal tasto cancelletto.",
  "agent-logged-in": "Accesso effettuato.",
  "agent-rung-back": "Riagganci, per favore. La richiamiamo per inserire il suo codice segreto.",
  "agent-logged-out": "Uscita effettuata.",
  "agent-already-logged-in": "L'accesso risulta già effettuato.",
  "agent-not-logged-in": "L'accesso non risulta effettuato.",
  "agent-wrong-login": "Il numero o il codice non è corretto.",
  "agent-locked": "Troppi tentativi errati. Riprovi più tardi o si rivolga al suo supervisore.",
  "agent-not-permitted": "Operazione non consentita.",
  "agent-ready": "Lei è pronto a ricevere chiamate.",
  "agent-paused": "Lei è in pausa.",
  "agent-paused-because": "Lei è in pausa: {name}.",
  "agent-ask-reason": "Digiti il numero del motivo.",
  "agent-calls-waiting": {
    none: "Nessuna chiamata in attesa.",
    one: "Una chiamata in attesa.",
    several: "# chiamate in attesa.",
  },
  "agent-queue-waiting": {
    none: "{name}: nessuna chiamata in attesa.",
    one: "{name}: una chiamata in attesa.",
    several: "{name}: # chiamate in attesa.",
  },
  "agent-menu":
    "Per la pausa prema 1. Per essere pronto prema 2. Per ascoltare le sue code prema 3. Per uscire prema 9.",
  "dispose-ask": "Come si è conclusa la chiamata?",
  "dispose-choice": "Per {name} prema {key}.",
  "dispose-later": "Per farlo più tardi prema il tasto cancelletto.",
  "dispose-nothing": "Nessuna chiamata attende un esito.",
  "dispose-done": "L'esito è stato salvato.",
  "survey-ask": "Valuti la sua chiamata da 1 a 5.",
  "survey-thanks": "Grazie per la sua risposta.",
  "prompt-speak": "Parli dopo il segnale acustico. Al termine prema il tasto cancelletto.",
  "prompt-kept": "È stato salvato.",
};

const SPANISH: Record<BuiltInKey, Words> = {
  "queue-position": {
    one: "Usted es el siguiente en la cola.",
    several: "Usted es el número # en la cola.",
  },
  "queue-wait-minutes": {
    none: "La espera estimada es de menos de un minuto.",
    one: "La espera estimada es de aproximadamente un minuto.",
    several: "La espera estimada es de aproximadamente # minutos.",
  },
  "queue-thanks": "Gracias por esperar.",
  "queue-all-busy": "Todos nuestros agentes están ocupados. Por favor, permanezca en línea.",
  "queue-callback": "Para que le devolvamos la llamada, pulse {key}.",
  "callback-confirm-number":
    "Le llamaremos al número {digits}. Para confirmar, pulse 1. Para indicar otro número, pulse 2.",
  "callback-ask-number": "Marque el número en el que podemos llamarle, seguido de la tecla almohadilla.",
  "callback-taken": "Gracias. Le devolveremos la llamada.",
  "callback-confirm-calling": "Le llamaremos al número {digits}. Para confirmar, pulse 1.",
  "callback-asked-already": "Su solicitud ya está registrada. Le llamaremos.",
  "callback-not-possible": "No podemos llamar a ese número.",
  "leave-message": "Deje un mensaje después de la señal. Al terminar, pulse la tecla almohadilla.",
  "message-kept": "Gracias. Su mensaje se ha guardado.",
  "message-too-short": "No se ha grabado nada.",
  "message-review": "Para guardarlo, pulse 1. Para escucharlo, pulse 2. Para grabarlo de nuevo, pulse 3.",
  "accept-call": "Llamada de {name}. Para aceptar, pulse 1.",
  "accept-queue-call": "Llamada para {name}. Para aceptar, pulse 1.",
  "not-accepted": "La llamada no se ha aceptado.",
  "invalid-choice": "La opción no es válida.",
  "no-input": "No se ha marcado nada.",
  "try-again": "Por favor, inténtelo de nuevo.",
  "please-hold": "Un momento, por favor.",
  "closed-now": "En este momento estamos cerrados.",
  "cannot-now": "En este momento no es posible. Por favor, inténtelo más tarde.",
  goodbye: "Gracias por su llamada. Adiós.",
  "agent-ask-number": "Marque su número de agente, seguido de la tecla almohadilla.",
  "agent-ask-pin": "Marque su código secreto, seguido de la tecla almohadilla.",
  "agent-logged-in": "Ha iniciado la sesión.",
  "agent-rung-back": "Cuelgue, por favor. Le llamaremos para que marque su código secreto.",
  "agent-logged-out": "Ha cerrado la sesión.",
  "agent-already-logged-in": "La sesión ya está iniciada.",
  "agent-not-logged-in": "No hay ninguna sesión iniciada.",
  "agent-wrong-login": "El número o el código no es correcto.",
  "agent-locked": "Demasiados intentos incorrectos. Inténtelo más tarde o consulte a su supervisor.",
  "agent-not-permitted": "No tiene permiso para hacer esto.",
  "agent-ready": "Está listo para recibir llamadas.",
  "agent-paused": "Está en pausa.",
  "agent-paused-because": "Está en pausa: {name}.",
  "agent-ask-reason": "Marque el número del motivo.",
  "agent-calls-waiting": {
    none: "No hay llamadas en espera.",
    one: "Hay una llamada en espera.",
    several: "Hay # llamadas en espera.",
  },
  "agent-queue-waiting": {
    none: "{name}: ninguna llamada en espera.",
    one: "{name}: una llamada en espera.",
    several: "{name}: # llamadas en espera.",
  },
  "agent-menu":
    "Para hacer una pausa, pulse 1. Para estar listo, pulse 2. Para escuchar sus colas, pulse 3. Para salir, pulse 9.",
  "dispose-ask": "¿Cómo terminó la llamada?",
  "dispose-choice": "Para {name}, pulse {key}.",
  "dispose-later": "Para dejarlo para más tarde, pulse la tecla almohadilla.",
  "dispose-nothing": "Ninguna llamada espera su resultado.",
  "dispose-done": "El resultado se ha guardado.",
  "survey-ask": "Valore su llamada del 1 al 5.",
  "survey-thanks": "Gracias por su respuesta.",
  "prompt-speak": "Hable después de la señal. Al terminar, pulse la tecla almohadilla.",
  "prompt-kept": "Se ha guardado.",
};

const FRENCH: Record<BuiltInKey, Words> = {
  "queue-position": {
    one: "Vous êtes le prochain dans la file d'attente.",
    several: "Vous êtes le numéro # dans la file d'attente.",
  },
  "queue-wait-minutes": {
    none: "L'attente estimée est de moins d'une minute.",
    one: "L'attente estimée est d'environ une minute.",
    several: "L'attente estimée est d'environ # minutes.",
  },
  "queue-thanks": "Merci de patienter.",
  "queue-all-busy": "Tous nos agents sont occupés. Veuillez rester en ligne.",
  "queue-callback": "Pour être rappelé, appuyez sur {key}.",
  "callback-confirm-number":
    "Nous vous rappellerons au {digits}. Pour confirmer, appuyez sur 1. Pour donner un autre numéro, appuyez sur 2.",
  "callback-ask-number": "Composez le numéro auquel nous pouvons vous joindre, suivi de la touche dièse.",
  "callback-taken": "Merci. Nous vous rappellerons.",
  "callback-confirm-calling": "Nous vous rappellerons au {digits}. Pour confirmer, appuyez sur 1.",
  "callback-asked-already": "Votre demande est déjà enregistrée. Nous vous rappellerons.",
  "callback-not-possible": "Nous ne pouvons pas appeler ce numéro.",
  "leave-message": "Laissez un message après le signal sonore. Une fois terminé, appuyez sur la touche dièse.",
  "message-kept": "Merci. Votre message est enregistré.",
  "message-too-short": "Rien n'a été enregistré.",
  "message-review":
    "Pour le garder, appuyez sur 1. Pour l'écouter, appuyez sur 2. Pour l'enregistrer de nouveau, appuyez sur 3.",
  "accept-call": "Appel de {name}. Pour accepter, appuyez sur 1.",
  "accept-queue-call": "Appel pour {name}. Pour accepter, appuyez sur 1.",
  "not-accepted": "L'appel n'a pas été accepté.",
  "invalid-choice": "Ce choix n'est pas valable.",
  "no-input": "Rien n'a été composé.",
  "try-again": "Veuillez réessayer.",
  "please-hold": "Un instant, s'il vous plaît.",
  "closed-now": "Nous sommes fermés en ce moment.",
  "cannot-now": "Ce n'est pas possible en ce moment. Veuillez réessayer plus tard.",
  goodbye: "Merci de votre appel. Au revoir.",
  "agent-ask-number": "Composez votre numéro d'agent, suivi de la touche dièse.",
  "agent-ask-pin": "Composez votre code secret, suivi de la touche dièse.",
  "agent-logged-in": "Vous êtes connecté.",
  "agent-rung-back": "Veuillez raccrocher. Nous vous rappelons pour composer votre code secret.",
  "agent-logged-out": "Vous êtes déconnecté.",
  "agent-already-logged-in": "Vous êtes déjà connecté.",
  "agent-not-logged-in": "Vous n'êtes pas connecté.",
  "agent-wrong-login": "Le numéro ou le code n'est pas correct.",
  "agent-locked": "Trop de tentatives erronées. Réessayez plus tard ou adressez-vous à votre superviseur.",
  "agent-not-permitted": "Vous n'avez pas le droit de faire cela.",
  "agent-ready": "Vous êtes prêt à recevoir des appels.",
  "agent-paused": "Vous êtes en pause.",
  "agent-paused-because": "Vous êtes en pause : {name}.",
  "agent-ask-reason": "Composez le numéro du motif.",
  "agent-calls-waiting": {
    none: "Aucun appel en attente.",
    one: "Un appel en attente.",
    several: "# appels en attente.",
  },
  "agent-queue-waiting": {
    none: "{name} : aucun appel en attente.",
    one: "{name} : un appel en attente.",
    several: "{name} : # appels en attente.",
  },
  "agent-menu":
    "Pour faire une pause, appuyez sur 1. Pour être prêt, appuyez sur 2. Pour écouter vos files, appuyez sur 3. Pour vous déconnecter, appuyez sur 9.",
  "dispose-ask": "Comment l'appel s'est-il terminé ?",
  "dispose-choice": "Pour {name}, appuyez sur {key}.",
  "dispose-later": "Pour le faire plus tard, appuyez sur la touche dièse.",
  "dispose-nothing": "Aucun appel n'attend son résultat.",
  "dispose-done": "Le résultat est enregistré.",
  "survey-ask": "Évaluez votre appel de 1 à 5.",
  "survey-thanks": "Merci de votre réponse.",
  "prompt-speak": "Parlez après le signal sonore. Une fois terminé, appuyez sur la touche dièse.",
  "prompt-kept": "C'est enregistré.",
};

const WORDS: Record<VoiceLanguage, Record<BuiltInKey, Words>> = {
  en: ENGLISH,
  it: ITALIAN,
  es: SPANISH,
  fr: FRENCH,
};

/** The names that stand in braces in a text. */
type NamesIn<T> = T extends `${string}{${infer N}}${infer Rest}` ? N | NamesIn<Rest> : never;
type EnglishOf<K extends BuiltInKey> = (typeof ENGLISH)[K];
type NamesOf<K extends BuiltInKey> =
  EnglishOf<K> extends { several: infer S } ? NamesIn<S> | "count" : NamesIn<EnglishOf<K>>;

/** What a saying has to be told: `count` where it speaks of a number, and a text for each name in its words. */
export type BuiltInValues<K extends BuiltInKey> = { [N in NamesOf<K>]: N extends "count" ? number : string };

export const BUILT_IN_KEYS = Object.keys(ENGLISH) as BuiltInKey[];

/** Keys of a telephone that the engine would not read out as people call them. */
const KEY_NAMES: Record<VoiceLanguage, Record<string, string>> = {
  en: { "#": "hash", "*": "star" },
  it: { "#": "cancelletto", "*": "asterisco" },
  es: { "#": "almohadilla", "*": "asterisco" },
  fr: { "#": "dièse", "*": "étoile" },
};

/**
 * The words of a saying. `{digits}` is read digit by digit, `{key}` as the key is called; anything else that is put in
 * stands as it is. Pure.
 */
export function builtInWords<K extends BuiltInKey>(key: K, values: BuiltInValues<K>, language: VoiceLanguage): string {
  const words = WORDS[language][key];
  const given = values as Readonly<Record<string, string | number>>;
  const count = Number(given.count);
  const form = typeof words === "string" ? words : formFor(words, count);
  return form
    .replaceAll("#", () => String(count))
    .replaceAll(/\{([a-z]+)\}/g, (_, name: string) => read(name, String(given[name] ?? ""), language));
}

function formFor({ none, one, several }: Plural, count: number): string {
  if (count === 0 && none !== undefined) return none;
  return count === 1 ? one : several;
}

function read(name: string, value: string, language: VoiceLanguage): string {
  if (name === "digits") return [...value].filter((sign) => /[0-9]/.test(sign)).join(" ");
  return name === "key" ? (KEY_NAMES[language][value] ?? value) : value;
}
