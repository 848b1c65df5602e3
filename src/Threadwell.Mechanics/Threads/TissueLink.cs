using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>
/// The map B from nodal displacements to the positions c of the tissue along one thread:
/// c(0) = U(0)·t, c(j) = c(j-1) + (U(j) - U(j-1))·t(j-1/2), with U(j) the kernel average of the displacement at station j and t the
/// unit chords between stations. For a straight thread c(j) = U(j)·t. On a bent one the running sum measures stretch of the
/// channel, so that a rigid translation of the tissue strains no cable, and the transpose gives the cable's push at each bend.
/// </summary>
internal sealed class TissueLink
{
    private readonly KernelWeights[] _weights;
    private readonly Vector3D[] _chord;

    public TissueLink(KernelWeights[] weights)
    {
        _weights = weights;
        _chord = new Vector3D[weights.Length];
        for (int segment = 0; segment < weights.Length - 1; segment++)
        {
            _chord[segment + 1] = (weights[segment + 1].Point - weights[segment].Point).Normalized();
        }

        _chord[0] = _chord[1];
    }

    /// <summary>c = B u.</summary>
    public void Apply(ReadOnlySpan<double> displacement, Span<double> tissue)
    {
        Vector3D previous = Vector3D.Zero;
        double position = 0;
        for (int station = 0; station < _weights.Length; station++)
        {
            Vector3D average = Average(_weights[station], displacement);
            position += Vector3D.Dot(average - previous, _chord[station]);
            tissue[station] = position;
            previous = average;
        }
    }

    /// <summary>y += B^T f.</summary>
    public void AddTransposed(ReadOnlySpan<double> force, Span<double> nodal)
    {
        double carried = 0;
        for (int station = _weights.Length - 1; station >= 0; station--)
        {
            Vector3D ahead = station < _weights.Length - 1 ? carried * _chord[station + 1] : Vector3D.Zero;
            carried += force[station];
            Vector3D share = (carried * _chord[station]) - ahead;
            int[] nodes = _weights[station].Nodes;
            double[] values = _weights[station].Values;
            for (int entry = 0; entry < nodes.Length; entry++)
            {
                int first = 3 * nodes[entry];
                nodal[first] += values[entry] * share.X;
                nodal[first + 1] += values[entry] * share.Y;
                nodal[first + 2] += values[entry] * share.Z;
            }
        }
    }

    /// <summary>Appends the rows of B.</summary>
    public void AppendRows(List<int> rowStart, List<int> columns, List<double> values)
    {
        // Row j is sum over stations i <= j of (t(i) - t(i+1)) U(i), with t(j+1) = 0.
        var bends = new SortedDictionary<int, double>();
        for (int station = 0; station < _weights.Length; station++)
        {
            var row = new SortedDictionary<int, double>(bends);
            Accumulate(row, _weights[station], _chord[station]);
            foreach ((int column, double value) in row)
            {
                columns.Add(column);
                values.Add(value);
            }

            rowStart.Add(columns.Count);
            if (station < _weights.Length - 1)
            {
                Accumulate(bends, _weights[station], _chord[station] - _chord[station + 1]);
            }
        }
    }

    /// <summary>Kernel average of a nodal displacement.</summary>
    private static Vector3D Average(KernelWeights weights, ReadOnlySpan<double> displacement)
    {
        double x = 0, y = 0, z = 0;
        int[] nodes = weights.Nodes;
        double[] values = weights.Values;
        for (int entry = 0; entry < nodes.Length; entry++)
        {
            int first = 3 * nodes[entry];
            x += values[entry] * displacement[first];
            y += values[entry] * displacement[first + 1];
            z += values[entry] * displacement[first + 2];
        }

        return new Vector3D(x, y, z);
    }

    private static void Accumulate(SortedDictionary<int, double> row, KernelWeights weights, Vector3D direction)
    {
        ReadOnlySpan<double> components = [direction.X, direction.Y, direction.Z];
        for (int axis = 0; axis < 3; axis++)
        {
            // Chords of a straight thread differ by rounding only.
            if (Math.Abs(components[axis]) < 1e-14)
            {
                continue;
            }

            for (int entry = 0; entry < weights.Nodes.Length; entry++)
            {
                int column = (3 * weights.Nodes[entry]) + axis;
                row[column] = row.GetValueOrDefault(column) + (components[axis] * weights.Values[entry]);
            }
        }
    }
}
