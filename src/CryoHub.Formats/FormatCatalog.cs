using CryoHub.Formats.Arbin;
using CryoHub.Formats.AtomProbe;
using CryoHub.Formats.Autodoc;
using CryoHub.Formats.BioLogic;
using CryoHub.Formats.Blo;
using CryoHub.Formats.Bmp;
using CryoHub.Formats.Bruker;
using CryoHub.Formats.BrukerRaw;
using CryoHub.Formats.Bzip2;
using CryoHub.Formats.Cameca;
using CryoHub.Formats.Cif;
using CryoHub.Formats.Csv;
using CryoHub.Formats.Delimited;
using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Formats.DigitalSurf;
using CryoHub.Formats.Dynamo;
using CryoHub.Formats.Ebsd;
using CryoHub.Formats.Edax;
using CryoHub.Formats.Em;
using CryoHub.Formats.Emd;
using CryoHub.Formats.Empad;
using CryoHub.Formats.Gamry;
using CryoHub.Formats.Gwyddion;
using CryoHub.Formats.Gzip;
using CryoHub.Formats.Hdf5;
using CryoHub.Formats.Hmsa;
using CryoHub.Formats.Horiba;
using CryoHub.Formats.HyperSpy;
using CryoHub.Formats.Igor;
using CryoHub.Formats.Imod;
using CryoHub.Formats.Impedance;
using CryoHub.Formats.Impulse;
using CryoHub.Formats.Jcamp;
using CryoHub.Formats.Jeol;
using CryoHub.Formats.Jpeg;
using CryoHub.Formats.Jpk;
using CryoHub.Formats.Lexsyg;
using CryoHub.Formats.Maccor;
using CryoHub.Formats.Matlab;
using CryoHub.Formats.Mib;
using CryoHub.Formats.Mrc;
using CryoHub.Formats.Msa;
using CryoHub.Formats.Nanonis;
using CryoHub.Formats.Nanoscope;
using CryoHub.Formats.Ncmat;
using CryoHub.Formats.Neware;
using CryoHub.Formats.Nexus;
using CryoHub.Formats.Npy;
using CryoHub.Formats.Nrrd;
using CryoHub.Formats.Panalytical;
using CryoHub.Formats.Parquet;
using CryoHub.Formats.PerkinElmer;
using CryoHub.Formats.Phenom;
using CryoHub.Formats.Phi;
using CryoHub.Formats.PlainText;
using CryoHub.Formats.Png;
using CryoHub.Formats.Protochips;
using CryoHub.Formats.Prz;
using CryoHub.Formats.Quadstar;
using CryoHub.Formats.Renishaw;
using CryoHub.Formats.Rietveld;
using CryoHub.Formats.Rigaku;
using CryoHub.Formats.Rpl;
using CryoHub.Formats.Semper;
using CryoHub.Formats.Ser;
using CryoHub.Formats.Specs;
using CryoHub.Formats.Star;
using CryoHub.Formats.Tiff;
using CryoHub.Formats.Tiff.Ome;
using CryoHub.Formats.Tvips;
using CryoHub.Formats.Vamas;
using CryoHub.Formats.WinSpec;
using CryoHub.Formats.Xradia;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Every format CryoHub reads and writes: explicit lists, so that one sees what exists and in which order it is asked.</summary>
public static class FormatCatalog
{
    /// <summary>What can be written, by ending.</summary>
    public static IReadOnlyList<IFormatWriter> Writers { get; } =
    [
        new MrcWriter(),
        new TiffWriter(),
        new OmeTiffWriter(),
        new NpyWriter(),
        new PngSignalWriter(),
        new CsvWriter(),
        new MsaWriter(),
        new HspyWriter(),
        new NexusWriter(),
        new EmdWriter(),
    ];

    /// <summary>The writer with the longest ending that <paramref name="fileName"/> has; <c>null</c> where none has it.</summary>
    public static IFormatWriter? WriterOf(string fileName) =>
        Writers.Where(writer => fileName.EndsWith(writer.Extension, StringComparison.OrdinalIgnoreCase)).MaxBy(writer => writer.Extension.Length);

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
        new OmeCompanionReader(),
        new DigitalSurfReader(),
        new HmsaReader(),
        new NanoscopeReader(),
        new NanonisReader(),
        new GwyddionReader(),
        new IgorReader(),
        new JpkReader(),
        new CamecaReader(),
        new PhenomReader(),
        new PngReader(),
        new JpegReader(),
        new CifReader(),
        new NcmatReader(),
        new StarReader(),
        new ImodModelReader(),
        new ImodTableReader(),
        new AutodocReader(),
        new IonListReader(),
        new AptReader(),
        new RangeReader(),
        new AngReader(),
        new CtfReader(),
        new OscReader(),
        new NordifReader(),
        new BmpReader(),
        new Hdf5Reader(),
        new MptReader(),
        new MprReader(),
        new NdaReader(),
        new NdaxReader(),
        new Bzip2Reader(),
        new NpyReader(),
        new NpzReader(),
        new MatReader(),
        new Mat4Reader(),
        new PrzReader(),
        new NrrdReader(),
        new MibReader(),
        new BloReader(),
        new TvipsReader(),
        new EmpadReader(),
        new RplReader(),
        new SemperReader(),
        new EmReader(),
        new DynamoTableReader(),
        new DynamoMapReader(),
        new ZspyReader(),
        new ZipReader(),
        new ResReader(),
        new MaccorReader(),
        new ImpedanceReader(),
        new DtaReader(),
        new ImpulseReader(),
        new ProtochipsReader(),
        new QuadstarReader(),
        new JcampReader(),
        new AspReader(),
        new WdfReader(),
        new XrdmlReader(),
        new BrukerRawReader(),
        new BrmlReader(),
        new UxdReader(),
        new PhilipsRawReader(),
        new RawDataXmlReader(),
        new RasReader(),
        new RasxReader(),
        new SpeReader(),
        new RietveldDatReader(),
        new XsygReader(),
        new VamasReader(),
        new PhiReader(),
        new SpecsXmlReader(),
        new LabSpecXmlReader(),
        new ParquetReader(),
        new DelimitedReader(),
        new PlainTextReader(),
    ];

    /// <summary>What can be read: the readers in their order, a container as its dialects.</summary>
    public static IReadOnlyList<FormatInfo> Formats { get; } = [.. Readers.SelectMany(reader => reader is IContainerReader container ? container.Dialects : [reader.Format])];

    /// <summary>The reader with the best match, first in the list on a tie; for a container, the reader of the file's dialect.</summary>
    /// <exception cref="ProblemException">No reader knows the file; the message has a line for each reader.</exception>
    public static async Task<IFormatReader> DetectAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} is empty (0 bytes).");
        }

        var head = new byte[(int)Math.Min(4096, file.Bytes.Length)];
        await file.Bytes.ReadAsync(0, head, ct);
        var best = Readers.Select(reader => (Reader: reader, Match: reader.Recognise(head, file.Name))).OrderByDescending(candidate => candidate.Match)
            .ThenBy(candidate => candidate.Reader is PlainTextReader)   // it takes what nobody else wants
            .First();
        return best.Match > Match.No
            ? best.Reader is IContainerReader container ? await container.DialectAsync(file, ct) : best.Reader
            : throw ProblemException.Unreadable(UnknownFile.Report(Readers, head, file));
    }
}
