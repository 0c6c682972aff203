using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Formats.Xml;

/// <summary>Numbers separated by white space, as element texts hold them.</summary>
internal static class XmlNumbers
{
    /// <exception cref="ProblemException">A word is no number.</exception>
    public static double[] Of(string text, string file)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw ProblemException.Unreadable($"Value {i + 1} of {words.Length} in {file} is no number: {words[i][..Math.Min(20, words[i].Length)]}");
            }
        }

        return numbers;
    }
}
