using CryoHub.Formats.BioLogic;
using CryoHub.Formats.Bruker;
using CryoHub.Formats.Cameca;
using CryoHub.Formats.Csv;
using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Formats.DigitalSurf;
using CryoHub.Formats.Edax;
using CryoHub.Formats.Emd;
using CryoHub.Formats.Gwyddion;
using CryoHub.Formats.Gzip;
using CryoHub.Formats.Hdf5;
using CryoHub.Formats.Hmsa;
using CryoHub.Formats.Igor;
using CryoHub.Formats.Jeol;
using CryoHub.Formats.Jpeg;
using CryoHub.Formats.Jpk;
using CryoHub.Formats.Mrc;
using CryoHub.Formats.Msa;
using CryoHub.Formats.Nanonis;
using CryoHub.Formats.Nanoscope;
using CryoHub.Formats.Neware;
using CryoHub.Formats.Npy;
using CryoHub.Formats.Png;
using CryoHub.Formats.Ser;
using CryoHub.Formats.Tiff;
using CryoHub.Formats.Xradia;
using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Every format CryoHub reads and writes: explicit lists, so that one sees what exists and in which order it is asked.</summary>
public static class FormatCatalog
{
    /// <summary>What can be written, by ending.</summary>
    public static IReadOnlyList<IFormatWriter> Writers { get; } = [new MrcWriter(), new TiffWriter(), new NpyWriter(), new PngSignalWriter(), new CsvWriter(), new MsaWriter()];

    public static IReadOnlyList<IFormatReader> Readers { get; } =
    [
        new DigitalMicrographReader(),
        new SerReader(),
        new MsaReader(),
        new GzipReader(),
        new MrcReader(),
        new BcfReader(),
        new SpxReader(),
        new SpcReader(),
        new SpdReader(),
        new UpReader(),
        new JeolReader(),
        new XradiaReader(),
        new TiffReader(),
        new DigitalSurfReader(),
        new HmsaReader(),
        new NanoscopeReader(),
        new NanonisReader(),
        new GwyddionReader(),
        new IgorReader(),
        new JpkReader(),
        new CamecaReader(),
        new PngReader(),
        new JpegReader(),
        new Hdf5Reader(),
        new MptReader(),
        new MprReader(),
        new NdaReader(),
        new NdaxReader(),
    ];

    /// <summary>What can be read: the readers in their order, a container as its dialects.</summary>
    public static IReadOnlyList<FormatInfo> Formats { get; } = [.. Readers.SelectMany(reader => reader is IContainerReader container ? container.Dialects : [reader.Format])];

    /// <summary>The reader with the best match, first in the list on a tie; for a container, the reader of the file's dialect.</summary>
    /// <exception cref="ProblemException">No reader knows the file; the message says what was looked at.</exception>
    public static async Task<IFormatReader> DetectAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} is empty (0 bytes).");
        }

        var head = new byte[(int)Math.Min(4096, file.Bytes.Length)];
        await file.Bytes.ReadAsync(0, head, ct);
        var best = Readers.Select(reader => (Reader: reader, Match: reader.Recognise(head, file.Name))).OrderByDescending(candidate => candidate.Match).First();
        return best.Match > Match.No
            ? best.Reader is IContainerReader container ? await container.DialectAsync(file, ct) : best.Reader
            : throw ProblemException.Unreadable($"No reader knows {file.Name}: its {file.Bytes.Length} bytes begin with {Convert.ToHexString(head.AsSpan(0, Math.Min(8, head.Length)))}. Asked: {string.Join(", ", Readers.Select(reader => reader.Format.Title))}.");
    }
}
