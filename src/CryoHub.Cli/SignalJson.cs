using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Cli;

/// <summary>A signal's header in the contract's JSON: keys the file does not state are absent.</summary>
internal static class SignalJson
{
    public static JsonObject Describe(int index, SignalHeader header) => new()
    {
        ["index"] = index,
        ["name"] = header.Name,
        ["kind"] = header.Kind.Key(),
        ["shape"] = new JsonArray([.. header.Shape.Select(size => JsonValue.Create(size))]),
        ["dtype"] = header.Pixel.Name(),
        ["axes"] = new JsonArray([.. header.Axes.Select(Describe)]),
        ["metadata"] = Describe(header.Metadata),
        ["original"] = header.Original.Root.DeepClone(),
    };

    private static JsonObject Describe(Axis axis)
    {
        var described = new JsonObject { ["name"] = axis.Name, ["size"] = axis.Size };
        if (axis.Values is { } values)
        {
            described["values"] = new JsonArray([.. values.Select(value => MetadataTree.Leaf(value))]);
        }
        else
        {
            described["scale"] = MetadataTree.Leaf(axis.Step);
            described["offset"] = MetadataTree.Leaf(axis.Origin);
        }

        described["units"] = axis.Unit;
        return described;
    }

    private static JsonObject Describe(AcquisitionMetadata metadata)
    {
        var described = new JsonObject();
        Number("beamEnergyKeV", metadata.BeamEnergyKeV);
        Number("magnification", metadata.Magnification);
        Number("exposureS", metadata.ExposureS);
        Text("acquiredAt", metadata.AcquiredAt);
        Text("instrument", metadata.Instrument);
        Text("detector", metadata.Detector);
        Number("tiltDeg", metadata.TiltDeg);
        Number("tiltAxisDeg", metadata.TiltAxisDeg);
        Number("convergenceMrad", metadata.ConvergenceMrad);
        Number("collectionMrad", metadata.CollectionMrad);
        Number("fluenceEPerA2", metadata.FluenceEPerA2);
        if (metadata.Elements is { } elements)
        {
            described["elements"] = new JsonArray([.. elements.Select(element => JsonValue.Create(element))]);
        }

        return described;

        void Number(string key, double? value)
        {
            if (value is { } number)
            {
                described[key] = MetadataTree.Leaf(number);
            }
        }

        void Text(string key, string? value)
        {
            if (value is not null)
            {
                described[key] = value;
            }
        }
    }
}
