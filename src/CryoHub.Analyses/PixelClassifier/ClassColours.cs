namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Colours of classes that have none: Okabe and Ito's, which colour-blind people tell apart.</summary>
internal static class ClassColours
{
    private static readonly string[] Palette = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#f0e442", "#cc79a7", "#999999"];

    public static string Of(int number) => Palette[number % Palette.Length];
}
