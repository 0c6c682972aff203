using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Gwyddion;

/// <summary>An object of Gwyddion's serialisation: its class and its components; arrays of numbers stay in the file.</summary>
internal sealed class GwyObject(string name)
{
    private const int DeepestNesting = 32;
    private const int MostComponents = 200_000;
    private const int LongestName = 4096;

    public string Name { get; } = name;

    /// <summary>Components in the order of the file: numbers, texts, objects, lists of them, and <see cref="GwyArray"/>.</summary>
    public Dictionary<string, object> Components { get; } = [];

    public GwyObject? Object(string component) => Components.GetValueOrDefault(component) as GwyObject;

    public double? Number(string component) => Components.GetValueOrDefault(component) switch { double number when double.IsFinite(number) => number, long integer => integer, _ => null };

    public string Text(string component) => Components.GetValueOrDefault(component) as string ?? "";

    public long Integer(string component) => Components.GetValueOrDefault(component) as long? ?? 0;

    public GwyArray? Array(string component) => Components.GetValueOrDefault(component) as GwyArray;

    /// <summary>Reads the object at the cursor: class, size, components.</summary>
    public static async Task<GwyObject> ReadAsync(ByteCursor cursor, CancellationToken ct) => await ReadAsync(cursor, 0, new Budget(), ct);

    private static async Task<GwyObject> ReadAsync(ByteCursor cursor, int depth, Budget budget, CancellationToken ct)
    {
        var item = new GwyObject(await TextAsync(cursor, ct));
        var end = (uint)await cursor.Int32Async(ct) + cursor.Position;
        if (depth > DeepestNesting || end > cursor.Length)
        {
            throw ProblemException.Unreadable($"The object {item.Name} is nested {depth} deep and ends at byte {end}; at most {DeepestNesting} levels and {cursor.Length} bytes are possible.");
        }

        while (cursor.Position < end)
        {
            if (++budget.Components > MostComponents)
            {
                throw ProblemException.Unreadable($"The file has more than {MostComponents} components.");
            }

            var name = await TextAsync(cursor, ct);
            item.Components[name] = await ValueAsync(cursor, (char)await cursor.ByteAsync(ct), depth, budget, ct);
        }

        return item;
    }

    private static async Task<object> ValueAsync(ByteCursor cursor, char type, int depth, Budget budget, CancellationToken ct)
    {
        switch (type)
        {
            case 'b': return await cursor.ByteAsync(ct) != 0;
            case 'c': return (long)await cursor.ByteAsync(ct);
            case 'i': return (long)await cursor.Int32Async(ct);
            case 'q': return await cursor.Int64Async(ct);
            case 'd': return await cursor.Float64Async(ct);
            case 's': return await TextAsync(cursor, ct);
            case 'o': return await ReadAsync(cursor, depth + 1, budget, ct);
        }

        var count = (uint)await cursor.Int32Async(ct);
        var bytes = type switch { 'C' => 1, 'I' => 4, 'Q' or 'D' => 8, 'S' or 'O' => 0, _ => throw ProblemException.Unreadable($"A component of type '{type}' stands at byte {cursor.Position}.") };
        if (bytes > 0)
        {
            var array = new GwyArray(type, cursor.Position, count);
            cursor.Skip((long)count * bytes);
            return array;
        }

        var list = new List<object>();
        for (var i = 0u; i < count; i++)
        {
            if (++budget.Components > MostComponents)
            {
                throw ProblemException.Unreadable($"The file has more than {MostComponents} components.");
            }

            list.Add(type == 'S' ? await TextAsync(cursor, ct) : await ReadAsync(cursor, depth + 1, budget, ct));
        }

        return list;
    }

    private static async Task<string> TextAsync(ByteCursor cursor, CancellationToken ct)
    {
        var bytes = new List<byte>();
        byte next;
        while ((next = await cursor.ByteAsync(ct)) != 0)
        {
            bytes.Add(next);
            if (bytes.Count > LongestName * 64)
            {
                throw ProblemException.Unreadable($"A text at byte {cursor.Position} has no end.");
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private sealed class Budget
    {
        public int Components { get; set; }
    }
}
