using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.HyperSpy;

/// <summary>One signal as HyperSpy keeps it, version 3.0 of the format.</summary>
public sealed class HspyWriter : IFormatWriter
{
    public string Extension => ".hspy";

    public string Writes => "any signal for HyperSpy, with axes and metadata";

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        await Hdf5Export.WriteAsync(output, async file =>
        {
            var header = signal.Header;
            var experiment = $"Experiments/{Hdf5Output.Name(header.Name is { Length: > 0 } name ? name : "__unnamed__")}";
            file.Attribute("/", "file_format", "HyperSpy");
            file.Attribute("/", "file_format_version", "3.0");
            file.Group("Experiments");
            file.Group(experiment);
            file.Attribute(experiment, "package", "hyperspy");
            file.Attribute(experiment, "package_version", "1.7");
            Axes(file, experiment, header);
            file.Tree($"{experiment}/metadata", Metadata(header));
            file.Tree($"{experiment}/original_metadata", header.Original.Root);
            file.Group($"{experiment}/learning_results");
            await Hdf5Export.PixelsAsync(file, $"{experiment}/data", signal, ct);
        }, false, ct);
        return signal.Header.Columns is null ? null : "HyperSpy knows no names of columns: they are in the original metadata only.";
    }

    private static void Axes(Hdf5Output file, string experiment, SignalHeader header)
    {
        var signalAxes = header.Kind.IsSpectral() || header.Axes.Count == 1 ? 1 : 2;
        for (var i = 0; i < header.Axes.Count; i++)
        {
            var axis = header.Axes[i];
            var group = $"{experiment}/axis-{i}";
            file.Group(group);
            file.Attribute(group, "_type", axis.Values is null ? "UniformDataAxis" : "DataAxis");
            file.Attribute(group, "name", axis.Name);
            if (axis.IsCalibrated)
            {
                file.Attribute(group, "units", axis.Unit);
            }

            file.Attribute(group, "navigate", i < header.Axes.Count - signalAxes);
            file.Attribute(group, "is_binned", false);
            if (axis.Values is { } values)
            {
                file.Values($"{group}/axis", values);
            }
            else
            {
                file.Attribute(group, "scale", axis.Step);
                file.Attribute(group, "offset", axis.Origin);
                file.Attribute(group, "size", axis.Size);
            }
        }
    }

    private static JsonObject Metadata(SignalHeader header)
    {
        var metadata = header.Metadata;
        var general = new JsonObject { ["title"] = header.Name };
        if (metadata.AcquiredAt?.Split('T') is [var date, .. var time])
        {
            general["date"] = date;
            general["time"] = time.Length > 0 ? time[0] : null;
        }

        var microscope = new JsonObject();
        Set(microscope, "beam_energy", metadata.BeamEnergyKeV);
        Set(microscope, "magnification", metadata.Magnification);
        Set(microscope, "convergence_angle", metadata.ConvergenceMrad);
        if (metadata.TiltDeg is { } tilt)
        {
            microscope["Stage"] = new JsonObject { ["tilt_alpha"] = tilt };
        }

        if (metadata.CollectionMrad is { } collection)
        {
            microscope["Detector"] = new JsonObject { ["EELS"] = new JsonObject { ["collection_angle"] = collection } };
        }

        if (metadata.Instrument is { } instrument)
        {
            microscope["microscope"] = instrument;
        }

        var tree = new JsonObject
        {
            ["General"] = general,
            ["Signal"] = new JsonObject { ["signal_type"] = header.Original.Find("metadata", "Signal", "signal_type")?.ToString() ?? "" },
            ["_HyperSpy"] = new JsonObject(),
        };
        if (microscope.Count > 0)
        {
            tree["Acquisition_instrument"] = new JsonObject { ["TEM"] = microscope };
        }

        if (metadata.Elements is { Count: > 0 } elements)
        {
            var list = elements.Select((element, i) => KeyValuePair.Create<string, JsonNode?>(i.ToString(CultureInfo.InvariantCulture), element));
            tree["Sample"] = new JsonObject { [$"_list_{elements.Count}_elements"] = new JsonObject(list) };
        }

        return tree;
    }

    private static void Set(JsonObject group, string name, double? value)
    {
        if (value is { } given)
        {
            group[name] = given;
        }
    }
}
