/** What is said in the states that are shown, in the languages that they are shown in. */

const en = {
  question: 'Where is my order *1234*? See https://shop.example/orders/1234',
  answer: 'Hello. Let me look **that** up.\n\n- it left us on Monday\n- it should be there tomorrow\n\nThe number is `TRACK-77`.',
  thanks: 'Thank you, that is all I wanted to know.',
  more: 'One more thing: the lamp needs two candles, which are in the same parcel.',
  draft: 'And when does',
  older: 'Do you have the lantern in green as well?',
  comment: 'Very kind, and fast.',
  naming: '@Robin, is it the green one?',
  again: 'And is it the green one?',
  reply: 'Which carrier brings it?',
  replied: 'The post, as always.',
  suggested: ['Where is it now?', 'Change the address', 'Talk to a person'],
}

export const TEXTS: Readonly<Record<string, typeof en>> = {
  en,
  ar: {
    question: 'أين طلبي رقم *1234*؟ انظر https://shop.example/orders/1234',
    answer: 'مرحبًا. سأبحث عن **ذلك** الآن.\n\n- غادر يوم الاثنين\n- يُفترض أن يصل غدًا\n\nالرقم هو `TRACK-77`.',
    thanks: 'شكرًا، هذا كل ما أردت معرفته.',
    more: 'أمر آخر: يحتاج المصباح إلى شمعتين، وهما في الطرد نفسه.',
    draft: 'ومتى',
    older: 'هل لديكم الفانوس باللون الأخضر أيضًا؟',
    comment: 'لطيف جدًا وسريع.',
    naming: '@Robin، هل هو الأخضر؟',
    again: 'وهل هو الأخضر؟',
    reply: 'أي شركة شحن ستوصله؟',
    replied: 'البريد، كالعادة.',
    suggested: ['أين هو الآن؟', 'تغيير العنوان', 'التحدث مع شخص'],
  },
}
