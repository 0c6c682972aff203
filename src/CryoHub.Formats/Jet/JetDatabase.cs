using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Jet;

/// <summary>Tables of an Access database of Jet 4 and later (.mdb, .res, .accdb without encryption), read page by page.</summary>
internal sealed class JetDatabase
{
    public const int PageBytes = 4096;

    private const int CatalogPage = 2;
    private const int DataPage = 1;
    private const int DefinitionPage = 2;
    private const int MostColumns = 255;
    private const int MostDefinitionPages = 64;
    private const int ChunkPages = 256;

    private readonly IByteSource source;
    private readonly Dictionary<uint, List<uint>> pagesOf;

    private JetDatabase(IByteSource source, Dictionary<uint, List<uint>> pagesOf) => (this.source, this.pagesOf) = (source, pagesOf);

    public static bool IsJet(ReadOnlySpan<byte> head) => head.Length > 0x15 && head[4..].StartsWith("Standard Jet DB"u8) | head[4..].StartsWith("Standard ACE DB"u8);

    /// <exception cref="ProblemException">Unreadable: Jet 3, encrypted, or no catalogue.</exception>
    public static async Task<JetDatabase> OpenAsync(string name, IByteSource source, CancellationToken ct)
    {
        var head = await source.ReadBlockAsync(0, Math.Min(PageBytes, source.Length), ct);
        if (!IsJet(head) || head[0x14] == 0)
        {
            throw ProblemException.Unreadable($"{name} is no database of Jet 4 or later (version byte {(head.Length > 0x14 ? head[0x14] : -1)}; 1 and more are read).");
        }

        var pagesOf = new Dictionary<uint, List<uint>>();
        var pages = source.Length / PageBytes;
        for (var first = 0L; first < pages; first += ChunkPages)
        {
            var count = (int)Math.Min(ChunkPages, pages - first);
            var chunk = await source.ReadBlockAsync(first * PageBytes, (long)count * PageBytes, ct);
            for (var i = 0; i < count; i++)
            {
                if (chunk[i * PageBytes] == DataPage)           // 0: kind of page, 4: page of the table's definition
                {
                    var owner = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan((i * PageBytes) + 4));
                    if (!pagesOf.TryGetValue(owner, out var list))
                    {
                        pagesOf.Add(owner, list = []);
                    }

                    list.Add((uint)(first + i));
                }
            }
        }

        return new JetDatabase(source, pagesOf);
    }

    /// <summary>Names and definitions of the user's tables.</summary>
    public async Task<List<JetTable>> TablesAsync(CancellationToken ct)
    {
        var catalog = new JetTable("MSysObjects", await DefinitionAsync(CatalogPage, ct), PagesOf(CatalogPage));
        var columns = await catalog.ReadAsync(this, ct);
        var names = Column("Name");
        var types = Column("Type").Numbers;
        var ids = Column("Id").Numbers;
        var flags = Column("Flags").Numbers;
        var tables = new List<JetTable>();
        for (var row = 0; row < ids.Count; row++)
        {
            var isUsers = types[row] == 1 && ((long)(double.IsNaN(flags[row]) ? 0 : flags[row]) & 0x80000002) == 0 && !double.IsNaN(names.Numbers[row]) && names.Column.Words is not null;
            if (isUsers)
            {
                var page = (uint)((long)ids[row] & 0x00FFFFFF);
                tables.Add(new JetTable(names.Column.Words![(int)names.Numbers[row]], await DefinitionAsync(page, ct), PagesOf(page)));
            }
        }

        return tables;

        Imaging.Tables.TableColumn Column(string name) =>
            columns.Find(column => column.Column.Name == name) ?? throw ProblemException.Unreadable($"The catalogue of the database has no column {name}: it is damaged or encrypted.");
    }

    public ValueTask<byte[]> PageAsync(uint page, CancellationToken ct) => source.ReadBlockAsync((long)page * PageBytes, PageBytes, ct);

    public long Length => source.Length;

    private IReadOnlyList<uint> PagesOf(uint definition) => pagesOf.TryGetValue(definition, out var pages) ? pages : [];

    /// <summary>A definition may run over several pages; from the second on it begins at byte 8.</summary>
    private async Task<IReadOnlyList<JetColumn>> DefinitionAsync(uint page, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var seen = new HashSet<uint>();
        for (var next = page; next != 0 && seen.Count < MostDefinitionPages;)
        {
            if (!seen.Add(next))
            {
                throw ProblemException.Unreadable($"The table definition at page {page} refers to page {next} twice.");
            }

            var block = await PageAsync(next, ct);
            if (block[0] != DefinitionPage)
            {
                throw ProblemException.Unreadable($"Page {next} was expected to define a table (kind 2); its kind is {block[0]}: the database is damaged or encrypted.");
            }

            bytes.Write(block.AsSpan(seen.Count == 1 ? 0 : 8));
            next = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(4));
        }

        return Columns(bytes.ToArray(), page);
    }

    // 45: columns, 51: indexes with entries of 12 bytes from 63 on; then 25 bytes a column, then their names
    private static List<JetColumn> Columns(ReadOnlySpan<byte> definition, uint page)
    {
        var count = BinaryPrimitives.ReadUInt16LittleEndian(definition[45..]);
        var start = 63 + (12L * BinaryPrimitives.ReadUInt32LittleEndian(definition[51..]));
        var names = start + (25L * count);
        if (count > MostColumns || names > definition.Length)
        {
            throw ProblemException.Unreadable($"The table definition at page {page} promises {count} columns whose names begin at byte {names}; it has {definition.Length} bytes.");
        }

        var columns = new List<JetColumn>(count);
        var at = (int)names;
        for (var i = 0; i < count; i++)
        {
            var entry = definition.Slice((int)start + (25 * i), 25);
            var length = at + 2 <= definition.Length ? BinaryPrimitives.ReadUInt16LittleEndian(definition[at..]) : 0;
            if (at + 2 + length > definition.Length)
            {
                throw ProblemException.Unreadable($"The name of column {i + 1} of the table at page {page} promises {length} bytes; {definition.Length - at - 2} are left.");
            }

            columns.Add(new JetColumn(
                Encoding.Unicode.GetString(definition.Slice(at + 2, length)),
                entry[0],
                BinaryPrimitives.ReadUInt16LittleEndian(entry[5..]),
                (entry[15] & 1) != 0,
                BinaryPrimitives.ReadUInt16LittleEndian(entry[21..]),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[7..])));
            at += 2 + length;
        }

        return columns;
    }
}
