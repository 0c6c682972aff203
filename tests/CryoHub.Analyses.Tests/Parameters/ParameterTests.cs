using System.Text.Json.Nodes;
using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Parameters;

public sealed class ParameterTests
{
    [Fact]
    public void The_schema_states_title_range_unit_default_and_group()
    {
        var properties = ParameterSchema.Of(typeof(TomogramWbpParameters))["properties"]!;

        var iterations = properties["iterations"]!;
        Assert.Equal("integer", (string?)iterations["type"]);
        Assert.Equal(1, (int)iterations["minimum"]!);
        Assert.Equal(1000, (int)iterations["maximum"]!);
        Assert.Equal(20, (int)iterations["default"]!);
        Assert.Equal("Equivalent iterations", (string?)iterations["title"]);
        Assert.Equal("deg", (string?)properties["tiltOffset"]!["x-unit"]);
        Assert.Equal("Advanced", (string?)properties["tiltOffset"]!["x-group"]);
        Assert.Equal(["ramp", "sirt-like", "hann", "cosine"], properties["filter"]!["enum"]!.AsArray().Select(key => (string)key!));
        Assert.Equal(["Ramp", "SIRT-like", "Hann", "Cosine"], properties["filter"]!["x-enum-titles"]!.AsArray().Select(title => (string)title!));
        Assert.Equal("ramp", (string?)properties["filter"]!["default"]);
        Assert.Equal(["integer", "null"], properties["depth"]!["type"]!.AsArray().Select(type => (string)type!));
    }

    [Fact]
    public void The_schema_of_a_list_of_windows_describes_one_window()
    {
        var windows = ParameterSchema.Of(typeof(SpectrumMapParameters))["properties"]!["windows"]!;

        Assert.Equal("array", (string?)windows["type"]);
        Assert.Equal(1, (int)windows["minItems"]!);
        Assert.Equal("eV", (string?)windows["items"]!["properties"]!["from"]!["x-unit"]);
        Assert.Equal(["from", "to"], windows["items"]!["required"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Pairs_and_json_give_the_same_record()
    {
        var fromText = ParameterReader.FromText(typeof(SpectrumMapParameters), ["windows=525:545:O K,280:300", "background=power-law", "region.x=1", "region.y=2", "region.width=3", "region.height=4"]);
        var fromJson = ParameterReader.FromJson(typeof(SpectrumMapParameters), JsonNode.Parse(
            """{"windows":[{"from":525,"to":545,"name":"O K"},{"from":280,"to":300}],"background":"power-law","region":{"x":1,"y":2,"width":3,"height":4}}""")!.AsObject());

        Assert.Equal(ParameterReader.ToJson(fromJson).ToJsonString(), ParameterReader.ToJson(fromText).ToJsonString());
        Assert.Equal(new Region { X = 1, Y = 2, Width = 3, Height = 4 }, ((SpectrumMapParameters)fromText).Region);
    }

    [Fact]
    public void Canonical_json_holds_every_parameter_and_forgets_how_it_was_written()
    {
        var sparse = ParameterReader.FromJson(typeof(TomogramWbpParameters), JsonNode.Parse("""{"binning":2.0}""")!.AsObject());
        var spelt = ParameterReader.FromText(typeof(TomogramWbpParameters), ["filter=ramp", "binning=2", "depth="]);

        Assert.Equal(ParameterReader.ToJson(spelt).ToJsonString(), ParameterReader.ToJson(sparse).ToJsonString());
        Assert.Equal(typeof(TomogramWbpParameters).GetProperties().Length, ParameterReader.ToJson(sparse).Count);
    }

    [Theory]
    [InlineData("binning=0", "Parameter \"binning\": expected a whole number from 1 to 32 px, found 0.")]
    [InlineData("binning=2.5", "Parameter \"binning\": expected a whole number from 1 to 32 px, found 2.5.")]
    [InlineData("tiltAxis=left", "Parameter \"tiltAxis\": expected a number from -180 to 180 deg, found \"left\".")]
    [InlineData("filter=welch", "Parameter \"filter\": expected one of ramp, sirt-like, hann, cosine, found \"welch\".")]
    [InlineData("angles=-60,x,60", "Parameter \"angles[1]\": expected a number from -360 to 360 deg, found \"x\".")]
    [InlineData("colour=red", "Parameter \"colour\": there is no such parameter; there are filter, iterations, binning, angles, tiltAxis, axisShift, depth, tiltOffset, border, excludeList, transmission, incidentIntensity, vacuumLevel.")]
    [InlineData("binning", "Expected name=value, found \"binning\".")]
    [InlineData("angles=[1,", "Expected JSON, found \"[1,\"")]
    public void A_wrong_value_is_named_with_what_was_expected(string pair, string message)
    {
        var problem = Assert.Throws<ProblemException>(() => ParameterReader.FromText(typeof(TomogramWbpParameters), [pair]));

        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_field_is_listed_once_with_its_path()
    {
        var problems = ParameterReader.Check(typeof(SpectrumMapParameters), JsonNode.Parse("""{"windows":[{"from":525},{"from":1,"to":"x"}],"background":null}""")!.AsObject());

        Assert.Equal(["windows[0].to", "windows[1].to", "background"], problems.Select(problem => problem.Name));
        Assert.Contains("at least 1 entry, found 0", Assert.Single(ParameterReader.Check(typeof(SpectrumMapParameters), JsonNode.Parse("""{"windows":[]}""")!.AsObject())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_too_large_for_its_type_is_a_sentence_not_a_crash() =>
        Assert.Throws<ProblemException>(() => ParameterReader.FromText(typeof(FftPeaksParameters), ["frame=1e300"]));

    [Theory]
    [InlineData(0, 0, 0, 4)]
    [InlineData(60, 0, 5, 5)]
    [InlineData(0, int.MaxValue, 1, int.MaxValue)]
    public void A_region_that_is_empty_or_outside_is_refused(int x, int y, int width, int height) =>
        Assert.Throws<ProblemException>(() => new Region { X = x, Y = y, Width = width, Height = height }.Inside(64, 64));
}
