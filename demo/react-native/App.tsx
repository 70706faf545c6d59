// A chat screen. The SDK gets its tokens through the unseen AuthWebView, which is mounted once.
import { AuthWebView } from 'porchlight/react-native'
import { useState } from 'react'
import {
  FlatList,
  KeyboardAvoidingView,
  Platform,
  Pressable,
  SafeAreaView,
  StyleSheet,
  Text,
  TextInput,
  useColorScheme,
  View,
} from 'react-native'
import { type Message, useChat } from './use-chat.ts'

const LIGHT = { paper: '#f6f3ee', card: '#ffffff', ink: '#22262e', soft: '#5c6370', own: '#1f4d8f' }
const DARK = { paper: '#15171c', card: '#1e2128', ink: '#eceef2', soft: '#a4acba', own: '#2b62b3' }
type Colors = typeof LIGHT

export default function App() {
  const colors = useColorScheme() === 'dark' ? DARK : LIGHT
  const { messages, connected, typing, send } = useChat()
  const about = typing ? 'Someone is writing …' : connected ? 'We are here' : 'Connecting …'
  return (
    <SafeAreaView style={[styles.screen, { backgroundColor: colors.paper }]}>
      <AuthWebView />
      <View style={styles.head}>
        <Text accessibilityRole="header" style={[styles.title, { color: colors.ink }]}>
          Lantern & Co.
        </Text>
        <Text accessibilityLiveRegion="polite" style={{ color: colors.soft }}>
          {about}
        </Text>
      </View>
      <KeyboardAvoidingView style={styles.screen} behavior={Platform.OS === 'ios' ? 'padding' : 'height'}>
        <FlatList
          inverted
          accessibilityLabel="Messages"
          data={[...messages].reverse()}
          keyExtractor={({ id }) => id}
          renderItem={({ item }) => <Bubble message={item} colors={colors} />}
          contentContainerStyle={styles.list}
        />
        <Composer colors={colors} onSend={send} />
      </KeyboardAvoidingView>
    </SafeAreaView>
  )
}

function Bubble({ message: { text, author, own, sending }, colors }: { message: Message; colors: Colors }) {
  return (
    <View style={own ? styles.ownLine : styles.line}>
      <View style={[styles.bubble, { backgroundColor: own ? colors.own : colors.card }]}>
        <Text style={[styles.text, { color: own ? '#ffffff' : colors.ink }]}>{text}</Text>
      </View>
      <Text style={[styles.small, { color: colors.soft }]}>{sending ? 'Sending …' : own ? 'You' : author}</Text>
    </View>
  )
}

function Composer({ colors, onSend }: { colors: Colors; onSend: (text: string) => void }) {
  const [text, setText] = useState('')
  const submit = () => {
    const words = text.trim()
    setText('')
    if (words) onSend(words)
  }
  return (
    <View style={styles.composer}>
      <TextInput
        accessibilityLabel="Message"
        placeholder="Write a message"
        placeholderTextColor={colors.soft}
        value={text}
        onChangeText={setText}
        multiline
        style={[styles.input, { backgroundColor: colors.card, color: colors.ink }]}
      />
      <Pressable accessibilityRole="button" onPress={submit} style={[styles.send, { backgroundColor: colors.own }]}>
        <Text style={styles.sendText}>Send</Text>
      </Pressable>
    </View>
  )
}

const styles = StyleSheet.create({
  screen: { flex: 1 },
  head: { padding: 16 },
  title: { fontSize: 18, fontWeight: '600' },
  list: { gap: 12, padding: 16 },
  line: { alignSelf: 'flex-start', maxWidth: '80%' },
  ownLine: { alignSelf: 'flex-end', alignItems: 'flex-end', maxWidth: '80%' },
  bubble: { borderRadius: 16, paddingHorizontal: 14, paddingVertical: 10 },
  text: { fontSize: 16, lineHeight: 23 },
  small: { fontSize: 13, marginHorizontal: 6, marginTop: 4 },
  composer: { flexDirection: 'row', alignItems: 'flex-end', gap: 10, padding: 12 },
  input: { flex: 1, borderRadius: 22, fontSize: 16, maxHeight: 140, minHeight: 44, paddingHorizontal: 16, paddingVertical: 11 },
  send: { borderRadius: 22, justifyContent: 'center', minHeight: 44, paddingHorizontal: 18 },
  sendText: { color: '#ffffff', fontSize: 16, fontWeight: '600' },
})
