using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nexus;

/// <summary>One signal as the default plot of an NXem entry: NXdata with every axis as a list, the microscope in its base classes.</summary>
public sealed class NexusWriter : IFormatWriter
{
    private const string Instrument = "entry/measurement/instrument";

    public string Extension => ".nxs";

    public string Writes => "any signal as NeXus (NXem): NXdata with its axes, the microscope's settings";

    public string? Refusal(SignalHeader header) => Hdf5Export.TooLong("NeXus", header);

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        if (Refusal(signal.Header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        await Hdf5Export.WriteAsync(output, async file =>
        {
            var header = signal.Header;
            file.Attribute("/", "NX_class", "NXroot");
            file.Attribute("/", "default", "entry");
            Group(file, "entry", "NXentry");
            file.Attribute("entry", "default", "data");
            file.Text("entry/definition", "NXem");
            file.Text("entry/title", header.Name);
            Microscope(file, header.Metadata);
            Group(file, "entry/data", "NXdata");
            file.Attribute("entry/data", "signal", "data");
            file.Attribute("entry/data", "interpretation", header.Kind.IsSpectral() || header.Axes.Count == 1 ? "spectrum" : "image");
            var names = Names(header.Axes);
            file.Attribute("entry/data", "axes", names);
            for (var i = 0; i < names.Count; i++)
            {
                Axis(file, $"entry/data/{names[i]}", header.Axes[i]);
                file.Attribute("entry/data", $"{names[i]}_indices", (long)i);
            }

            await Hdf5Export.PixelsAsync(file, "entry/data/data", signal, ct);
            file.Attribute("entry/data/data", "long_name", header.Name);
            if (header.ValueUnit.Length > 0)
            {
                file.Attribute("entry/data/data", "units", header.ValueUnit);
            }
        }, true, ct);
        return "The file's own metadata is not in NeXus terms and is left out; axes, title and the microscope's settings are written.";
    }

    private static void Microscope(Hdf5Output file, AcquisitionMetadata metadata)
    {
        if (metadata.AcquiredAt is { } time)
        {
            file.Text("entry/start_time", time);
        }

        Group(file, "entry/measurement", "NXem_measurement");
        Group(file, Instrument, "NXem_instrument");
        if (metadata.Instrument is { } name)
        {
            file.Text($"{Instrument}/name", name);
        }

        Group(file, $"{Instrument}/ebeam_column", "NXebeam_column");
        Group(file, $"{Instrument}/ebeam_column/electron_source", "NXelectron_source");
        Number(file, $"{Instrument}/ebeam_column/electron_source/voltage", metadata.BeamEnergyKeV * 1e3, "V");
        Group(file, $"{Instrument}/optics", "NXem_optical_system");
        Number(file, $"{Instrument}/optics/magnification", metadata.Magnification, "");
        Number(file, $"{Instrument}/optics/semi_convergence_angle", metadata.ConvergenceMrad, "mrad");
        Group(file, $"{Instrument}/detector", "NXdetector");
        Number(file, $"{Instrument}/detector/count_time", metadata.ExposureS, "s");
        if (metadata.Detector is { } detector)
        {
            file.Text($"{Instrument}/detector/description", detector);
        }
    }

    private static void Axis(Hdf5Output file, string path, Axis axis)
    {
        file.Values(path, [.. Enumerable.Range(0, checked((int)axis.Size)).Select(i => axis.At(i))]);
        file.Attribute(path, "long_name", axis.IsCalibrated ? $"{axis.Name} ({axis.Unit})" : axis.Name);
        if (axis.IsCalibrated)
        {
            file.Attribute(path, "units", axis.Unit);
        }
    }

    private static void Number(Hdf5Output file, string path, double? value, string unit)
    {
        if (value is { } number)
        {
            file.Number(path, number);
            if (unit.Length > 0)
            {
                file.Attribute(path, "units", unit);
            }
        }
    }

    private static void Group(Hdf5Output file, string path, string kind)
    {
        file.Group(path);
        file.Attribute(path, "NX_class", kind);
    }

    // Names are letters, digits and underscores, each once, and none is "data".
    private static List<string> Names(IReadOnlyList<Axis> axes)
    {
        var names = new List<string>();
        foreach (var axis in axes)
        {
            var name = new string([.. axis.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]).TrimStart('_');
            name = name.Length == 0 || char.IsAsciiDigit(name[0]) || name == "data" ? $"axis_{name}" : name;
            names.Add(names.Contains(name) ? $"{name}_{names.Count + 1}" : name);
        }

        return names;
    }
}
