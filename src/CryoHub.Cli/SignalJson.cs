using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Tables;

namespace CryoHub.Cli;

/// <summary>A signal's header in the contract's JSON: keys the file does not state are absent.</summary>
internal static class SignalJson
{
    public static JsonObject Describe(int index, SignalHeader header, IReadOnlyList<ColumnSummary> columns)
    {
        var described = new JsonObject
        {
            ["index"] = index,
            ["name"] = header.Name,
            ["kind"] = header.Kind.Key(),
            ["shape"] = new JsonArray([.. header.Shape.Select(size => JsonValue.Create(size))]),
            ["dtype"] = header.Pixel.Name(),
            ["axes"] = new JsonArray([.. header.Axes.Select(Describe)]),
        };
        if (header.ValueUnit.Length > 0)
        {
            described["units"] = header.ValueUnit;
        }

        if (columns.Count > 0)
        {
            described["columns"] = new JsonArray([.. columns.Select(Describe)]);
        }

        if (header.Crystal is { } crystal)
        {
            Describe(described, crystal);
        }

        described["metadata"] = Describe(header.Metadata);
        described["original"] = header.Original.Root.DeepClone();
        return described;
    }

    private static JsonObject Describe(ColumnSummary column)
    {
        var described = new JsonObject { ["name"] = column.Column.Name, ["unit"] = column.Column.Unit, ["n"] = column.Count };
        if (column.Count > 0)
        {
            described["min"] = MetadataTree.Leaf(column.Min);
            described["max"] = MetadataTree.Leaf(column.Max);
            described["mean"] = MetadataTree.Leaf(column.Mean);
        }

        described["first"] = column.First?.DeepClone();
        described["last"] = column.Last?.DeepClone();
        return described;
    }

    private static void Describe(JsonObject described, Crystal crystal)
    {
        var cell = crystal.Cell;
        described["cell"] = new JsonObject
        {
            ["a"] = cell.A,
            ["b"] = cell.B,
            ["c"] = cell.C,
            ["alpha"] = cell.Alpha,
            ["beta"] = cell.Beta,
            ["gamma"] = cell.Gamma,
            ["volume"] = MetadataTree.Leaf(cell.Volume),
            ["units"] = "Å, deg, Å3",
        };
        described["spaceGroup"] = crystal.SpaceGroup;
        if (crystal.SpaceGroupNumber is { } number)
        {
            described["spaceGroupNumber"] = number;
        }

        described["cellContent"] = new JsonObject(crystal.CellContent().Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)MetadataTree.Leaf(pair.Value))));
        described["dSpacings"] = Spacings(crystal);
        described["sites"] = new JsonArray([.. crystal.Sites.Select(site => new JsonObject
        {
            ["label"] = site.Label,
            ["element"] = site.Element,
            ["fract"] = new JsonArray(MetadataTree.Leaf(site.X), MetadataTree.Leaf(site.Y), MetadataTree.Leaf(site.Z)),
            ["occupancy"] = MetadataTree.Leaf(site.Occupancy),
        })]);
    }

    /// <summary>Distances of the lattice planes up to (333) in angstrom, and whether the symmetry forbids the reflection.</summary>
    private static JsonArray Spacings(Crystal crystal)
    {
        var symmetry = crystal.Symmetry();
        var list = new JsonArray();
        for (var i = 1; i < 64; i++)
        {
            var (h, k, l) = (i / 16, i / 4 % 4, i % 4);
            list.Add((JsonNode)new JsonObject
            {
                ["hkl"] = $"{h}{k}{l}",
                ["d"] = MetadataTree.Leaf(crystal.Cell.Spacing(h, k, l)),
                ["absent"] = symmetry.Any(operation => operation.Extinguishes(h, k, l)),
            });
        }

        return list;
    }

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
        Number("faceAngleDeg", metadata.FaceAngleDeg);
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
