/** The emoji to choose from, by group: the sign, its name, and after a bar what else people search it by. */

const GROUPS = {
  smileys:
    '😀grinning face|happy smile,😃grinning face with big eyes|happy smile,😄grinning face with smiling eyes|happy laugh,😁beaming face with smiling eyes|happy grin,😆grinning squinting face|laugh lol haha,😅grinning face with sweat|relief phew,😂face with tears of joy|laugh lol,🤣rolling on the floor laughing|lol rofl,🙂slightly smiling face|smile happy,🙃upside-down face|irony,😉winking face|wink,😊smiling face with smiling eyes|happy pleased thanks,😇smiling face with halo,🥰smiling face with hearts|love,😍smiling face with heart-eyes|love,🤩star-struck,😘face blowing a kiss|kiss love,😚kissing face with closed eyes,😋face savoring food,😛face with tongue,😜winking face with tongue,🤪zany face,🤗smiling face with open hands|hug thanks,🤭face with hand over mouth,🤫shushing face,🤔thinking face|hmm,🤐zipper-mouth face,😐neutral face|meh,😑expressionless face,😶face without mouth,😏smirking face,😒unamused face,🙄face with rolling eyes,😬grimacing face,😌relieved face,😔pensive face,😪sleepy face,😴sleeping face,😷face with medical mask|ill sick,🤒face with thermometer|ill sick,🤕face with head-bandage,🤢nauseated face,🤮face vomiting,🤧sneezing face,🥵hot face,🥶cold face,🥴woozy face,😵face with crossed-out eyes,🤯exploding head,🤠cowboy hat face,🥳partying face|party,😎smiling face with sunglasses|cool,🤓nerd face,🧐face with monocle,😕confused face|unsure,😟worried face,🙁slightly frowning face|sad,😮face with open mouth,😯hushed face,😲astonished face,😳flushed face,🥺pleading face,😦frowning face with open mouth,😧anguished face,😨fearful face,😰anxious face with sweat,😥sad but relieved face,😢crying face|sad tear,😭loudly crying face|sad cry,😱face screaming in fear,😖confounded face,😣persevering face,😞disappointed face|sad,😓downcast face with sweat,😩weary face,😫tired face,🥱yawning face,😤face with steam from nose,😡enraged face|angry,😠angry face|angry,🤬face with symbols on mouth,😈smiling face with horns,💀skull,💩pile of poo,👻ghost,👽alien,🤖robot,😺grinning cat,😻smiling cat with heart-eyes,🙈see-no-evil monkey,🙉hear-no-evil monkey,🙊speak-no-evil monkey',
  people:
    '👋waving hand|hello hi bye,🖐️hand with fingers splayed,✋raised hand,🖖vulcan salute,👌ok hand|fine perfect,🤏pinching hand,✌️victory hand,🤞crossed fingers,🤟love-you gesture,🤘sign of the horns,🤙call me hand,👈backhand index pointing left,👉backhand index pointing right,👆backhand index pointing up,👇backhand index pointing down,☝️index pointing up,👍thumbs up|yes good like ok,👎thumbs down|no bad dislike,✊raised fist,👊oncoming fist,👏clapping hands|bravo applause,🙌raising hands,👐open hands,🤝handshake|deal agree,🙏folded hands|please thanks,✍️writing hand,💪flexed biceps|strong,👀eyes,👁️eye,🧠brain,👄mouth,👶baby,🧒child,👦boy,👧girl,🧑person,👨man,👩woman,🧓older person,👴old man,👵old woman,🙅person gesturing no|no,🙆person gesturing ok,🙋person raising hand,🤦person facepalming|oops,🤷person shrugging|dunno,👮police officer,👷construction worker,👩‍💻woman technologist,🎅santa claus,🏃person running,💃woman dancing,🛀person taking bath,👪family',
  nature:
    '🐶dog face,🐱cat face,🐭mouse face,🐰rabbit face,🦊fox,🐻bear,🐼panda,🐨koala,🐯tiger face,🦁lion,🐮cow face,🐷pig face,🐸frog,🐵monkey face,🐔chicken,🐧penguin,🐦bird,🦆duck,🦉owl,🐴horse face,🦄unicorn,🐝honeybee,🦋butterfly,🐌snail,🐢turtle,🐍snake,🐙octopus,🐟fish,🐬dolphin,🐳spouting whale,🌵cactus,🎄christmas tree,🌲evergreen tree,🌳deciduous tree,🌴palm tree,🌱seedling,🌿herb,🍀four leaf clover,🍁maple leaf,🌷tulip,🌹rose,🌻sunflower,🌸cherry blossom,🌍globe showing europe-africa,🌙crescent moon,⭐star,🌟glowing star,⚡high voltage,🔥fire,🌈rainbow,☀️sun,⛅sun behind cloud,☁️cloud,🌧️cloud with rain,❄️snowflake,⛄snowman without snow,💧droplet,🌊water wave',
  food: '🍎red apple,🍊tangerine,🍋lemon,🍌banana,🍉watermelon,🍇grapes,🍓strawberry,🍒cherries,🍑peach,🍍pineapple,🥑avocado,🍅tomato,🥕carrot,🌽ear of corn,🥔potato,🍞bread,🥐croissant,🧀cheese wedge,🥚egg,🍳cooking,🥓bacon,🍔hamburger,🍟french fries,🍕pizza|food,🌭hot dog,🥪sandwich,🌮taco,🥗green salad,🍝spaghetti,🍜steaming bowl,🍣sushi,🍦soft ice cream,🍩doughnut,🍪cookie,🎂birthday cake,🍰shortcake,🍫chocolate bar,🍬candy,☕hot beverage|coffee,🍵teacup without handle,🥛glass of milk,🍺beer mug,🍻clinking beer mugs,🥂clinking glasses,🍷wine glass,🍽️fork and knife with plate',
  activities:
    '⚽soccer ball,🏀basketball,🏈american football,🎾tennis,🏐volleyball,🎱pool 8 ball,🏓ping pong,🏆trophy,🥇1st place medal,🎮video game,🎲game die,🧩puzzle piece,🎨artist palette,🎬clapper board,🎤microphone,🎧headphone,🎵musical note,🎸guitar,🎁wrapped gift|present,🎉party popper|party congratulations,🎊confetti ball,🎈balloon,🎃jack-o-lantern,🎟️admission tickets,🚗automobile,🚕taxi,🚌bus,🚲bicycle,✈️airplane|travel flight,🚀rocket,🚢ship,🚂locomotive,⛺tent,🏠house|home,🏢office building,🏥hospital,🏖️beach with umbrella,🗺️world map,⛰️mountain',
  objects:
    '📱mobile phone|telephone,💻laptop|computer,⌨️keyboard,🖨️printer,📷camera,📺television,⏰alarm clock|time,⌛hourglass done|wait,🔋battery,💡light bulb|idea,🔦flashlight,🛒shopping cart|shop basket,💰money bag|cash pay,💳credit card|pay,💵dollar banknote|cash pay,🧾receipt|bill,✉️envelope|mail,📧e-mail|mail,📦package|parcel delivery order,📬open mailbox with raised flag,📝memo,📄page facing up,📅calendar,📈chart increasing,📉chart decreasing,📌pushpin,📎paperclip,📏straight ruler,✂️scissors,🔒locked|password,🔓unlocked,🔑key|password,🔧wrench|repair,🔨hammer,⚙️gear,🧰toolbox,🔗link,💊pill,🧲magnet,🪑chair,🛏️bed,🚿shower,🧹broom,👕t-shirt|shirt,👖jeans,👗dress,👟running shoe|shoe,👜handbag,🎒backpack,👓glasses,💍ring,👑crown,📚books,🔔bell,🔍magnifying glass tilted left|search find,🗑️wastebasket|delete trash,🚚delivery truck|delivery shipping',
  symbols:
    '❤️red heart|love,🧡orange heart,💛yellow heart,💚green heart,💙blue heart,💜purple heart,🖤black heart,🤍white heart,💔broken heart|sad,💕two hearts,💖sparkling heart,💯hundred points|perfect,✅check mark button|yes done ok,☑️check box with check,❌cross mark|no wrong,❗red exclamation mark,❓red question mark,⚠️warning|careful,🚫prohibited,⛔no entry,♻️recycling symbol,➕plus,➖minus,➡️right arrow,⬅️left arrow,⬆️up arrow,⬇️down arrow,🔄counterclockwise arrows button|again return refund,🔴red circle,🟠orange circle,🟡yellow circle,🟢green circle,🔵blue circle,🟣purple circle,⚫black circle,⚪white circle,💬speech balloon,💤zzz,🏁chequered flag,🆗ok button,🆕new button,™️trade mark,©️copyright',
} as const

export interface Emoji {
  readonly sign: string
  readonly name: string
  /** What is searched. */
  readonly words: string
}

/** A name begins with its first letter or digit. */
const NAMED = /^([^\p{Script=Latin}\d]+)([^|]+)\|?(.*)$/u

const emojiIn = (group: keyof typeof GROUPS): Emoji[] =>
  GROUPS[group].split(',').map((entry) => {
    const [, sign = '', name = '', also = ''] = NAMED.exec(entry) ?? []
    return { sign, name, words: `${name} ${also}` }
  })

/** In English. */
export const ALL = (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => ({ group, emoji: emojiIn(group) }))
export type Groups = typeof ALL

/** With the names of another language, in the order of all signs; they are still found by the English ones. */
export function renamed(names: string): Groups {
  const entries = names.split(',')
  const named = (emoji: Emoji): Emoji => {
    const [name = emoji.name, also = ''] = entries.shift()?.split('|') ?? []
    return { ...emoji, name, words: `${name} ${also} ${emoji.words}` }
  }
  return ALL.map(({ group, emoji }) => ({ group, emoji: emoji.map(named) }))
}

/** As people type them: without accents, and in small letters. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .split(/[\s\-’']+/)

/** Japanese has no spaces between its words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Each word that was typed begins a word of the emoji. */
export function found(query: string, groups: Groups = ALL): Emoji[] {
  const wanted = wordsOf(query.trim())
  return groups
    .flatMap(({ emoji }) => emoji)
    .filter(({ words }) => {
      const known = wordsOf(words)
      return wanted.every((part) => known.some((word) => (UNSPACED.test(part) ? word.includes(part) : word.startsWith(part))))
    })
}
