namespace CryoHub.Numerics.Learning;

/// <summary>
/// Simultaneous truth and performance level estimation of several annotators by expectation and maximisation: Warfield, Zou and Wells, IEEE Trans. Med. Imaging 23 (2004)
/// 903, doi:10.1109/TMI.2004.828354, with the frequencies of the classes estimated too, as Dawid and Skene do (Appl. Stat. 28 (1979) 20, doi:10.2307/2346806): those of
/// the labels are wrong where annotators guess. Pixels that everybody labelled alike are one pattern, so the work does not depend on the size of the picture.
/// </summary>
public sealed class Staple
{
    private const int MostRounds = 500;
    private const double Converged = 1e-9;
    private const double First = 0.99; // all annotators are taken for good at the start; it decides which of two mirrored solutions is found

    /// <param name="patterns">For each pattern the class that each annotator gave, from 0 on.</param>
    /// <param name="counts">Pixels of each pattern.</param>
    /// <param name="classes">Number of classes.</param>
    public Staple(IReadOnlyList<byte[]> patterns, IReadOnlyList<long> counts, int classes)
    {
        var annotators = patterns[0].Length;
        Performance = new double[annotators, classes, classes];
        Truth = new double[patterns.Count, classes];
        var prior = new double[classes];
        for (var p = 0; p < patterns.Count; p++)
        {
            foreach (var given in patterns[p])
            {
                prior[given] += counts[p] / (double)annotators;
            }
        }

        var total = prior.Sum();
        for (var j = 0; j < annotators; j++)
        {
            for (var given = 0; given < classes; given++)
            {
                for (var truth = 0; truth < classes; truth++)
                {
                    Performance[j, given, truth] = given == truth ? First : (1 - First) / Math.Max(1, classes - 1);
                }
            }
        }

        for (var round = 0; round < MostRounds; round++)
        {
            Rounds = round + 1;
            Expect(patterns, prior, total);
            if (Maximise(patterns, counts, prior) < Converged)
            {
                break;
            }
        }
    }

    /// <summary>[annotator, given class, true class]: how often that annotator gives a class where another is true.</summary>
    public double[,,] Performance { get; }

    /// <summary>[pattern, class]: probability that the class is true.</summary>
    public double[,] Truth { get; }

    /// <summary>Rounds until nothing changed.</summary>
    public int Rounds { get; }

    private void Expect(IReadOnlyList<byte[]> patterns, double[] prior, double total)
    {
        var classes = prior.Length;
        for (var p = 0; p < patterns.Count; p++)
        {
            var sum = 0.0;
            for (var truth = 0; truth < classes; truth++)
            {
                var weight = prior[truth] / total;
                for (var j = 0; j < patterns[p].Length; j++)
                {
                    weight *= Performance[j, patterns[p][j], truth];
                }

                Truth[p, truth] = weight;
                sum += weight;
            }

            for (var truth = 0; truth < classes; truth++)
            {
                // A pattern that no truth explains says nothing: all classes by their frequency.
                Truth[p, truth] = sum > 0 ? Truth[p, truth] / sum : prior[truth] / total;
            }
        }
    }

    private double Maximise(IReadOnlyList<byte[]> patterns, IReadOnlyList<long> counts, double[] prior)
    {
        var (annotators, classes, change) = (Performance.GetLength(0), Performance.GetLength(1), 0.0);
        for (var j = 0; j < annotators; j++)
        {
            for (var truth = 0; truth < classes; truth++)
            {
                var given = new double[classes];
                for (var p = 0; p < patterns.Count; p++)
                {
                    given[patterns[p][j]] += counts[p] * Truth[p, truth];
                }

                var sum = given.Sum();
                prior[truth] = sum; // the same for every annotator
                for (var k = 0; k < classes && sum > 0; k++)
                {
                    change = Math.Max(change, Math.Abs(Performance[j, k, truth] - (given[k] / sum)));
                    Performance[j, k, truth] = given[k] / sum;
                }
            }
        }

        return change;
    }
}
