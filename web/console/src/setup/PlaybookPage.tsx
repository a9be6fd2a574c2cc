export default function PlaybookPage() {
  return null
}
