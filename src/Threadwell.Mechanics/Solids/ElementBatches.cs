using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// One block of elements, four to a batch, laid out for four-wide vectors: lane l of a vector belongs to element 4 batch + l. The last
/// batch is filled up with copies of the last element of weight zero.
/// </summary>
internal sealed class ElementBatches
{
    public const int Lanes = 4;

    public ElementBatches(ElementBlock block, int firstElement, int firstPoint, double[] coordinates)
    {
        Kind = block.Kind;
        Nodes = block.NodesPerElement;
        Points = block.PointsPerElement;
        Count = block.Count;
        FirstElement = firstElement;
        FirstPoint = firstPoint;
        BatchCount = (Count + Lanes - 1) / Lanes;
        Corners = new int[BatchCount * Lanes * Nodes];
        Gradients = new Vector256<double>[BatchCount * Points * Nodes * 3];
        Weights = new Vector256<double>[BatchCount * Points];
        LoadShare = new double[Count * Nodes];
        (double[] values, double[] derivatives, double[] weights) = ElementShape.AtPoints(block.Kind);
        Span<double> gradient = stackalloc double[24];
        Span<double> allGradients = MemoryMarshal.Cast<Vector256<double>, double>(Gradients.AsSpan());
        Span<double> allWeights = MemoryMarshal.Cast<Vector256<double>, double>(Weights.AsSpan());
        for (int slot = 0; slot < BatchCount * Lanes; slot++)
        {
            int element = Math.Min(slot, Count - 1);
            (int batch, int lane) = Math.DivRem(slot, Lanes);
            ReadOnlySpan<int> corners = block.Connectivity.AsSpan(element * Nodes, Nodes);
            corners.CopyTo(Corners.AsSpan(slot * Nodes));
            for (int point = 0; point < Points; point++)
            {
                double determinant = ReferenceGradients(corners, coordinates, derivatives.AsSpan(point * Nodes * 3, Nodes * 3), gradient);
                if (!(determinant > 0))
                {
                    throw new ArgumentException(
                        $"Element {firstElement + element} ({Kind}, nodes {string.Join(' ', corners.ToArray())}) is inverted or flat: list the bottom face counter-clockwise seen from the top, then the top face.");
                }

                int at = (batch * Points) + point;
                bool real = slot < Count;
                allWeights[(at * Lanes) + lane] = real ? determinant * weights[point] : 0;
                for (int i = 0; i < Nodes * 3; i++)
                {
                    allGradients[(((at * Nodes * 3) + i) * Lanes) + lane] = gradient[i];
                }

                for (int a = 0; real && a < Nodes; a++)
                {
                    LoadShare[(element * Nodes) + a] += determinant * weights[point] * values[(point * Nodes) + a];
                }
            }
        }
    }

    public ElementKind Kind { get; }

    public int Nodes { get; }

    public int Points { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    public int FirstElement { get; }

    public int FirstPoint { get; }

    public int BatchCount { get; }

    /// <summary>Node indices, slot after slot (a slot is an element or a filler).</summary>
    public int[] Corners { get; }

    /// <summary>Reference gradients of the shape functions, 1/mm: [((batch * Points + point) * Nodes + node) * 3 + direction].</summary>
    public Vector256<double>[] Gradients { get; }

    /// <summary>Reference volume at the integration points, mm³: [batch * Points + point].</summary>
    public Vector256<double>[] Weights { get; }

    /// <summary>Integral of each shape function over its element, mm³: [element * Nodes + node].</summary>
    public double[] LoadShare { get; }

    public void Volumes(double[] elementVolume)
    {
        for (int e = 0; e < Count; e++)
        {
            double volume = 0;
            for (int point = 0; point < Points; point++)
            {
                volume += Weights[((e / Lanes) * Points) + point][e % Lanes];
            }

            elementVolume[FirstElement + e] = volume;
        }
    }

    public void PointVolumes(double[] pointVolume)
    {
        for (int e = 0; e < Count; e++)
        {
            for (int point = 0; point < Points; point++)
            {
                pointVolume[FirstPoint + (e * Points) + point] = Weights[((e / Lanes) * Points) + point][e % Lanes];
            }
        }
    }

    /// <summary>Gradients with respect to the reference position; returns the determinant of the map from the parent element.</summary>
    private static double ReferenceGradients(ReadOnlySpan<int> corners, double[] coordinates, ReadOnlySpan<double> derivatives, Span<double> gradient)
    {
        double xr = 0, xs = 0, xt = 0, yr = 0, ys = 0, yt = 0, zr = 0, zs = 0, zt = 0;
        for (int a = 0; a < corners.Length; a++)
        {
            double x = coordinates[3 * corners[a]], y = coordinates[(3 * corners[a]) + 1], z = coordinates[(3 * corners[a]) + 2];
            double dr = derivatives[3 * a], ds = derivatives[(3 * a) + 1], dt = derivatives[(3 * a) + 2];
            xr += x * dr;
            xs += x * ds;
            xt += x * dt;
            yr += y * dr;
            ys += y * ds;
            yt += y * dt;
            zr += z * dr;
            zs += z * ds;
            zt += z * dt;
        }

        double cxr = (ys * zt) - (yt * zs), cxs = (yt * zr) - (yr * zt), cxt = (yr * zs) - (ys * zr);
        double determinant = (xr * cxr) + (xs * cxs) + (xt * cxt);
        double inverse = 1 / determinant;
        for (int a = 0; a < corners.Length; a++)
        {
            double dr = derivatives[3 * a], ds = derivatives[(3 * a) + 1], dt = derivatives[(3 * a) + 2];
            gradient[3 * a] = inverse * ((cxr * dr) + (cxs * ds) + (cxt * dt));
            gradient[(3 * a) + 1] = inverse * ((((xt * zs) - (xs * zt)) * dr) + (((xr * zt) - (xt * zr)) * ds) + (((xs * zr) - (xr * zs)) * dt));
            gradient[(3 * a) + 2] = inverse * ((((xs * yt) - (xt * ys)) * dr) + (((xt * yr) - (xr * yt)) * ds) + (((xr * ys) - (xs * yr)) * dt));
        }

        return determinant;
    }
}
