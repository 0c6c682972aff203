using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>The vocabulary every project begins with: what is seen in and around a battery interphase.</summary>
public static class BuiltInClasses
{
    /// <summary>The eight colours tell apart in protan, deutan and tritan vision too (the design's dark set); they come again from the ninth class on, told apart by name and label.</summary>
    private static readonly string[] Colours = ["#C1E9FA", "#28B5FA", "#F9642A", "#549262", "#C563A4", "#FABF7D", "#8567FA", "#E7E1C4"];

    public static IReadOnlyList<ClassRow> All { get; } = [.. List().Select((c, i) => c with { Colour = ColourOf(i) })];

    /// <summary>The colour of the class at that place of a vocabulary.</summary>
    public static string ColourOf(int index) => Colours[index % Colours.Length];

    private static IEnumerable<ClassRow> List() =>
    [
        Class("outer-sei", "Outer SEI", "The part of the solid electrolyte interphase next to the electrolyte.", "1"),
        Class("inner-sei", "Inner SEI", "The part of the interphase next to the metal.", "2"),
        Class("crystallite", "Inorganic crystallite", "A grain with lattice fringes inside the interphase.", "3", ShapeKind.Polygon, ShapeKind.Rectangle, ShapeKind.Ellipse, ShapeKind.Freehand, ShapeKind.Point),
        Class("amorphous-matrix", "Amorphous matrix", "The part of the interphase without fringes.", "4"),
        Class("void", "Void", "A hole without material.", "5"),
        Class("metal", "Metal", "Metallic lithium, sodium or another plated metal.", "6"),
        Class("inactive-metal", "Inactive metal", "Metal without electrical contact to the electrode.", "7"),
        Class("substrate", "Substrate", "Current collector, grid bar or support film.", "8"),
        Class("electrolyte", "Electrolyte", "Frozen or dried electrolyte.", "9"),
        Class("ice", "Ice or frost", "Water that came after freezing.", ""),
        Class("beam-damage", "Beam damage", "Changed by the electron or ion beam.", ""),
        Class("curtain", "Curtain", "A stripe of milling.", ""),
        Class("redeposition", "Redeposition", "Milled material that settled again.", ""),
    ];

    private static ClassRow Class(string key, string name, string definition, string shortcut, params ShapeKind[] kinds) => new(key, name, definition, "", shortcut, kinds, "", null, true, 0);
}
