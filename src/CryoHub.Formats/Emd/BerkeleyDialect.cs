using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>Berkeley's EMD: groups with the attribute emd_group_type that hold an array and its dimensions, dim1 ... (py4DSTEM: dim0 ...).</summary>
internal static partial class BerkeleyDialect
{
    private const int Deepest = 16;
    private const int MostGroups = 20_000;
    private const int MostAsked = 16;

    private static readonly string[] Arrays = ["data", "counted_datacube", "datacube", "diffractionslice", "realslice"];

    /// <summary>The root says so (EMD 0.2 and 1.0), or a group two or three levels below it: Prismatic's stand at /4DSTEM_simulation/data/realslices/x.</summary>
    public static bool Knows(Hdf5File file) => file.Attributes("/").Any(attribute => attribute.Key is "version_major" or "emd_group_type") || HasEmdGroup(file, "", 4);

    private static bool HasEmdGroup(Hdf5File file, string group, int levels) =>
        file.Members(group).Take(MostAsked).Any(name => file.IsGroup($"{group}/{name}")
            && (file.Attributes($"{group}/{name}").ContainsKey("emd_group_type") || (levels > 1 && HasEmdGroup(file, $"{group}/{name}", levels - 1))));

    public static IReadOnlyList<ISignal> Open(Hdf5File file, string fileName)
    {
        var found = new List<BerkeleyArray>();
        var groups = 0;
        Walk("", 0);
        var original = new MetadataTree(Original(file));
        var signals = found.GroupBy(array => array.Stack).SelectMany(stack => Signals(file, stack.ToList(), original)).ToList();
        return signals;

        void Walk(string group, int depth)
        {
            if (depth > Deepest || ++groups > MostGroups)
            {
                throw ProblemException.Unreadable($"{fileName} nests or holds too many groups: more than {Deepest} levels or {MostGroups} groups.");
            }

            if (BerkeleyArray.Find(file, group, Arrays) is { } array)
            {
                found.Add(array);
            }

            foreach (var name in file.Members(group).Where(name => file.IsGroup($"{group}/{name}")))
            {
                Walk($"{group}/{name}", depth + 1);
            }
        }
    }

    private static IEnumerable<ISignal> Signals(Hdf5File file, List<BerkeleyArray> stack, MetadataTree original)
    {
        if (stack.Count > 1 && stack.TrueForAll(array => array.Dataset.Shape.SequenceEqual(stack[0].Dataset.Shape) && array.Dataset.Pixel == stack[0].Dataset.Pixel))
        {
            var axis = new Axis("depth", stack.Count, "", AxisRole.Frame);
            yield return new StackedSignal(Header(stack[0], [axis, .. stack[0].Axes], original), [.. stack.Select(array => Signal(file, array, original))]);
            yield break;
        }

        foreach (var array in stack)
        {
            yield return Signal(file, array, original);
        }
    }

    private static Hdf5Signal Signal(Hdf5File file, BerkeleyArray array, MetadataTree original) => new(file, Header(array, array.Axes, original), array.Dataset, array.Dimensions);

    private static SignalHeader Header(BerkeleyArray array, IReadOnlyList<Axis> axes, MetadataTree original)
    {
        var microscope = original.Find("microscope");
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = Volts().Match(microscope?["voltage"]?.ToString() ?? "") is { Success: true } volts
                ? double.Parse(volts.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / (volts.Groups[2].Length > 0 ? 1 : 1000)
                : new VeloxMetadata(original.Root).Number("simulation_parameters", "E"),
            Instrument = microscope?["name"]?.ToString() is { Length: > 0 } name ? name : null,
        };
        return new SignalHeader(array.Name, Kind(axes), array.Dataset.Pixel!.Value, axes, metadata, original);
    }

    private static SignalKind Kind(IReadOnlyList<Axis> axes) => axes switch
    {
        [.., { Role: AxisRole.Energy }] => axes.Count switch { 1 => SignalKind.Spectrum, 2 => SignalKind.SpectrumLine, _ => SignalKind.SpectrumImage },
        [_] => SignalKind.Trace,
        [_, { Role: AxisRole.Reciprocal }] => SignalKind.Diffraction,
        [_, _] => SignalKind.Image,
        [_, _, _, { Role: AxisRole.Reciprocal }] => SignalKind.DiffractionScan,
        _ => SignalKind.ImageStack,
    };

    private static JsonObject Original(Hdf5File file)
    {
        var tree = Hdf5Tree.Of(file).Original;
        if (new MetadataTree(tree).Find("4DSTEM_simulation", "metadata", "metadata_0", "original", "simulation_parameters") is { } simulation)
        {
            tree["simulation_parameters"] = simulation.DeepClone();
        }

        return tree;
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*(k)?V", RegexOptions.IgnoreCase)]
    private static partial Regex Volts();
}
