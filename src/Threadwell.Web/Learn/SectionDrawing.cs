using System.Globalization;
using System.Text;
using Threadwell.Reports.Learning;

namespace Threadwell.Web.Learn;

/// <summary>
/// Shapes of the tissue cut open along a thread, in units of a fortieth of a millimetre. Layers and thread have their true thickness; barbs, cells and fibres are symbols whose places
/// are spread evenly, closer together where the model has more, and always the same.
/// </summary>
internal sealed class SectionDrawing(LearnSection section, double diameterMm)
{
    /// <summary>Units of a millimetre.</summary>
    public const double Scale = 40;

    /// <summary>Cells of each kind, and fibres, that are drawn where a curve is at its highest.</summary>
    public const int Symbols = 90;

    // Irrational steps: the places neither repeat nor cluster.
    private const double StepAlong = 0.6180339887498949;
    private const double StepAway = 0.7548776662466927;
    private const double StepTilt = 0.5698402909980532;

    private const double BarbMm = 0.95;
    private const double BarbSlope = 0.42;
    private const double ReachMm = 2.1;

    // Fibres lie where the map of collagen is drawn.
    private const double FibreReachMm = 1;

    /// <summary>Width of the drawing.</summary>
    public int Width => (int)(Scale * section.LengthMm);

    /// <summary>Height of the drawing.</summary>
    public int Height => (int)(Scale * section.DepthMm);

    /// <summary>Width of the thread.</summary>
    public double ThreadWidth => Scale * diameterMm;

    /// <summary>The area of a layer, from the end of the one above it: 0 skin, 1 fat, 2 SMAS, 3 deep fat, 4 what lies below.</summary>
    public string Layer(int layer)
    {
        IEnumerable<string> Line(int end) => section.AlongMm.Select((along, index) => Point(along, end < 0 ? 0 : end < section.LayerEndsMm.Count ? section.LayerEndsMm[end][index] : section.DepthMm));
        return string.Join(' ', [.. Line(layer - 1), .. Line(layer).Reverse()]);
    }

    /// <summary>Depth for the name of a layer at the left edge: in its middle, but clear of the thread.</summary>
    public double NameAt(int layer)
    {
        double above = layer == 0 ? 0 : section.LayerEndsMm[layer - 1][1];
        double thickness = section.LayerEndsMm[layer][1] - above;
        return Scale * (above + (thickness * (layer == 1 ? 0.79 : 0.5)));
    }

    /// <summary>The thread's course.</summary>
    public string Thread => string.Join(' ', section.AlongMm.Select((along, index) => Point(along, section.ThreadDepthMm[index])));

    /// <summary>All barbs as one path: a slanting tooth on either side, its free end where it resists.</summary>
    public string Barbs
    {
        get
        {
            var path = new StringBuilder();
            foreach (IReadOnlyList<double> barb in section.Barbs)
            {
                double depth = DepthAt(barb[0]);
                foreach (int side in (ReadOnlySpan<int>)[-1, 1])
                {
                    double foot = depth + (side * 0.45 * diameterMm);
                    path.Append(CultureInfo.InvariantCulture, $"M{Point(barb[0] - (0.2 * barb[1]), foot)}L{Point(barb[0] + (BarbMm * barb[1]), foot + (side * BarbMm * BarbSlope))}L{Point(barb[0] + (0.25 * barb[1]), foot)}Z");
                }
            }

            return path.ToString();
        }
    }

    /// <summary>The place of a cell: one in two stands at a barb.</summary>
    /// <param name="number">Its number among its kind.</param>
    /// <param name="kind">Number of its kind.</param>
    public (double X, double Y, double Tilt) Cell(int number, int kind) => Place(number, kind, ReachMm);

    /// <summary>A fibre of collagen: a slack wave along the thread.</summary>
    public string Fibre(int number)
    {
        (double x, double y, double tilt) = Place(number, 3, FibreReachMm);
        double half = 26 + (22 * Part(number * StepTilt));
        double rise = half * tilt / 90;
        return string.Create(CultureInfo.InvariantCulture, $"M{x - half:0} {y + (0.4 * rise):0}q{half / 2:0} {-9 - rise:0} {half:0} {-0.4 * rise:0}t{half:0} {-0.4 * rise:0}");
    }

    private (double X, double Y, double Tilt) Place(int number, int kind, double reachMm)
    {
        double seed = number + (kind * 0.37);
        double along = section.LengthMm * Part(seed * StepAlong);
        if (number % 2 == 0 && section.Barbs.Count > 0)
        {
            along = section.Barbs[(number / 2 * 7) % section.Barbs.Count][0] + (1.3 * (Part(seed * StepTilt) - 0.3));
        }

        double away = (0.3 + ((reachMm - 0.3) * Math.Pow(Part(seed * StepAway), 1.4))) * (Part(seed * StepTilt * 3) < 0.5 ? -1 : 1);
        return (Math.Round(Scale * Math.Clamp(along, 0.1, section.LengthMm - 0.1)), Math.Round(Scale * (DepthAt(along) + away)), Math.Round((70 * Part(seed * StepTilt)) - 35));
    }

    private double DepthAt(double along) => StoredStory.At(section.AlongMm, section.ThreadDepthMm, along);

    private static double Part(double value) => value - Math.Floor(value);

    private static string Point(double alongMm, double depthMm) => string.Create(CultureInfo.InvariantCulture, $"{Scale * alongMm:0.#},{Scale * depthMm:0.#}");
}
