namespace CryoHub.Imaging.Pyramids;

/// <summary>The most recently used unpacked chunks, up to a number of bytes.</summary>
internal sealed class ChunkCache(long capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(long, Box), LinkedListNode<((long, Box) Key, byte[] Bytes)>> known = [];
    private readonly LinkedList<((long, Box) Key, byte[] Bytes)> byUse = [];
    private long held;

    public byte[]? Find((long, Box) key)
    {
        lock (gate)
        {
            if (!known.TryGetValue(key, out var node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    public void Add((long, Box) key, byte[] bytes)
    {
        lock (gate)
        {
            if (known.ContainsKey(key))
            {
                return;   // another reader was faster
            }

            known[key] = byUse.AddFirst((key, bytes));
            held += bytes.Length;
            while (held > capacity && byUse.Count > 1)
            {
                var oldest = byUse.Last!.Value;
                byUse.RemoveLast();
                known.Remove(oldest.Key);
                held -= oldest.Bytes.Length;
            }
        }
    }
}
