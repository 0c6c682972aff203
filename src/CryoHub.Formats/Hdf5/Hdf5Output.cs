using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>An HDF5 file that is being written: groups, attributes and arrays by their paths. What the library refuses ends as an <see cref="IOException"/>.</summary>
internal sealed unsafe class Hdf5Output : IDisposable
{
    // An attribute lies in the object's header, which holds 64 KiB.
    private const int LongestAttribute = 32_000;
    private const uint Truncate = 2;
    private const int Scalar = 0;

    private readonly string path;
    private long file;

    private Hdf5Output(string path, long file) => (this.path, this.file) = (path, file);

    public static Hdf5Output Create(string path, bool fixedTexts = false)
    {
        lock (Hdf5File.Gate)
        {
            // No lock: a program that another thread starts meanwhile inherits the handle and its lock, and the finished file could not be read.
            var access = Hdf5Driver.IsReady ? LibHdf5.NewList(LibHdf5.Global("H5P_CLS_FILE_ACCESS_ID_g")) : -1;
            try
            {
                Checked(access < 0 ? -1 : LibHdf5.SetFileLocking(access, 0, 1), path, "cannot be created without a lock");
                return new Hdf5Output(path, Checked(LibHdf5.CreateFile(path, Truncate, 0, access), path, "cannot be created")) { FixedTexts = fixedTexts };
            }
            finally
            {
                if (access >= 0)
                {
                    LibHdf5.CloseList(access);
                }
            }
        }
    }

    public void Group(string group)
    {
        lock (Hdf5File.Gate)
        {
            LibHdf5.Close(Checked(LibHdf5.CreateGroup(file, group, 0, 0, 0), path, $"takes no group {group}"));
        }
    }

    /// <summary>Texts have a fixed length: HyperSpy 1.7 knows no other kind in NeXus files, and no such kind in its own.</summary>
    public bool FixedTexts { get; init; }

    public void Attribute(string item, string name, string text) => Texts([text], (type, bytes) => Attribute(item, name, type, null, bytes));

    public void Attribute(string item, string name, double value) => Attribute(item, name, Hdf5StoredTypes.Of(PixelType.Float64), null, BitConverter.GetBytes(value));

    public void Attribute(string item, string name, long value) => Attribute(item, name, Hdf5StoredTypes.Of(PixelType.Int64), null, BitConverter.GetBytes(value));

    public void Attribute(string item, string name, bool value) => Attribute(item, name, Hdf5StoredTypes.Of(PixelType.Bool), null, [(byte)(value ? 1 : 0)]);

    public void Attribute(string item, string name, IReadOnlyList<string> texts) => Texts(texts, (type, bytes) => Attribute(item, name, type, texts.Count, bytes));

    public void Attribute(string item, string name, IReadOnlyList<double> values) =>
        Attribute(item, name, Hdf5StoredTypes.Of(PixelType.Float64), values.Count, [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>An array, deflated where it has chunks.</summary>
    public Hdf5OutputArray Array(string dataset, PixelType pixel, IReadOnlyList<long> shape, IReadOnlyList<long>? chunk)
    {
        lock (Hdf5File.Gate)
        {
            return new Hdf5OutputArray(file, dataset, pixel, shape, chunk);
        }
    }

    public void Values(string dataset, IReadOnlyList<double> values)
    {
        using var array = Array(dataset, PixelType.Float64, [values.Count], null);
        array.Write([0], [values.Count], [.. values.SelectMany(BitConverter.GetBytes)]);
    }

    /// <summary>One text as a dataset without dimensions.</summary>
    public void Text(string dataset, string text) => Texts([text], (type, bytes) => Dataset(dataset, type, bytes));

    /// <summary>One number as a dataset without dimensions.</summary>
    public void Number(string dataset, double value) => Dataset(dataset, Hdf5StoredTypes.Of(PixelType.Float64), BitConverter.GetBytes(value));

    /// <summary>A tree of metadata: objects are groups, leaves attributes of them (long texts datasets), lists of numbers arrays, other lists text.</summary>
    public void Tree(string group, JsonObject tree)
    {
        Group(group);
        var used = new HashSet<string>();
        foreach (var (key, value) in tree)
        {
            var name = Name(key);
            if (!used.Add(name))
            {
                continue;
            }

            switch (value)
            {
                case JsonObject members: Tree($"{group}/{name}", members); break;
                case JsonArray { Count: > 0 and <= 1024 } list when list.All(item => item is JsonValue number && number.GetValueKind() == JsonValueKind.Number):
                    Attribute(group, name, [.. list.Select(item => double.Parse(item!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture))]);
                    break;
                case JsonValue number when number.GetValueKind() == JsonValueKind.Number:
                    Attribute(group, name, double.Parse(number.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case JsonValue truth when truth.GetValueKind() is JsonValueKind.True or JsonValueKind.False: Attribute(group, name, truth.GetValue<bool>()); break;
                case JsonValue text: Leaf(group, name, text.ToString()); break;
                case JsonArray list: Leaf(group, name, list.ToJsonString()); break;
            }
        }
    }

    public void Dispose()
    {
        lock (Hdf5File.Gate)
        {
            if (file >= 0)
            {
                LibHdf5.CloseFile(file);
                file = -1;
            }
        }
    }

    /// <summary>A name within a group: a slash would be the next group.</summary>
    public static string Name(string name) => name.Replace('/', '-').Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } given and not "." ? given : "_";

    internal static long Checked(long result, string what, string failure) => result >= 0 ? result : throw new IOException($"{what} {failure}: libhdf5 says {result}.");

    private void Texts(IReadOnlyList<string> texts, Action<long, byte[]> write)
    {
        List<string> clean = [.. texts.Select(text => text.Replace("\0", "", StringComparison.Ordinal))];
        if (FixedTexts)
        {
            var longest = Math.Max(1, clean.Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty().Max());
            var bytes = new byte[longest * clean.Count];
            for (var i = 0; i < clean.Count; i++)
            {
                Encoding.UTF8.GetBytes(clean[i], bytes.AsSpan(i * longest));
            }

            write(Hdf5StoredTypes.Text(longest), bytes);
            return;
        }

        // The library takes texts of any length as addresses.
        var addresses = clean.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            write(Hdf5StoredTypes.Text(), MemoryMarshal.AsBytes(addresses.AsSpan()).ToArray());
        }
        finally
        {
            foreach (var address in addresses)
            {
                Marshal.FreeCoTaskMem(address);
            }
        }
    }

    private void Leaf(string group, string name, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > LongestAttribute)
        {
            Text($"{group}/{name}", text);
        }
        else
        {
            Attribute(group, name, text);
        }
    }

    // Takes over the type.
    private void Attribute(string item, string name, long type, int? count, byte[] bytes)
    {
        lock (Hdf5File.Gate)
        {
            var size = (ulong)(count ?? 0);
            var space = count is null ? LibHdf5.NewSpace(Scalar) : LibHdf5.NewSpace(1, &size, null);
            var owner = Checked(LibHdf5.Open(file, item, 0), path, $"has no {item}");
            var attribute = LibHdf5.CreateAttribute(owner, name, type, space, 0, 0);
            var done = attribute;
            fixed (byte* start = bytes)
            {
                done = attribute >= 0 && count != 0 ? LibHdf5.WriteAttribute(attribute, type, start) : attribute;
            }

            if (attribute >= 0)
            {
                LibHdf5.CloseAttribute(attribute);
            }

            LibHdf5.Close(owner);
            LibHdf5.CloseSpace(space);
            LibHdf5.CloseType(type);
            Checked(done, path, $"takes no attribute {name} of {item}");
        }
    }

    // Takes over the type.
    private void Dataset(string name, long type, byte[] bytes)
    {
        lock (Hdf5File.Gate)
        {
            var space = LibHdf5.NewSpace(Scalar);
            var dataset = LibHdf5.CreateDataset(file, name, type, space, 0, 0, 0);
            fixed (byte* start = bytes)
            {
                Checked(dataset >= 0 ? LibHdf5.Write(dataset, type, 0, 0, 0, start) : dataset, path, $"takes no value {name}");
            }

            LibHdf5.Close(dataset);
            LibHdf5.CloseSpace(space);
            LibHdf5.CloseType(type);
        }
    }
}
