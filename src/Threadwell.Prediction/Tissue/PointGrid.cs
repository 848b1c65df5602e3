using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>Points sorted into cubes, to find those near a place; visits them in a fixed order.</summary>
internal sealed class PointGrid
{
    private readonly Vector3D[] positions;
    private readonly double cell;
    private readonly Dictionary<(int X, int Y, int Z), List<int>> cells = [];

    /// <summary>Sorts points into cubes of an edge length, mm.</summary>
    public PointGrid(Vector3D[] positions, double cell)
    {
        this.positions = positions;
        this.cell = cell;
        for (int point = 0; point < positions.Length; point++)
        {
            var key = Key(positions[point]);
            if (!cells.TryGetValue(key, out List<int>? list))
            {
                cells[key] = list = [];
            }

            list.Add(point);
        }
    }

    /// <summary>Visits every point closer than a reach, mm, with its distance.</summary>
    public void ForEach(Vector3D at, double reach, Action<int, double> visit)
    {
        var low = Key(at - (reach * new Vector3D(1, 1, 1)));
        var high = Key(at + (reach * new Vector3D(1, 1, 1)));
        for (int x = low.X; x <= high.X; x++)
        {
            for (int y = low.Y; y <= high.Y; y++)
            {
                for (int z = low.Z; z <= high.Z; z++)
                {
                    if (!cells.TryGetValue((x, y, z), out List<int>? list))
                    {
                        continue;
                    }

                    foreach (int point in list)
                    {
                        double distance = Vector3D.Distance(positions[point], at);
                        if (distance < reach)
                        {
                            visit(point, distance);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Whether any point closer than a reach fulfils a condition.</summary>
    public bool Any(Vector3D at, double reach, Func<int, bool> condition)
    {
        bool found = false;
        ForEach(at, reach, (point, _) => found |= condition(point));
        return found;
    }

    /// <summary>The point nearest to a place; of several as near, the first.</summary>
    public int Nearest(Vector3D at)
    {
        (double Distance, int Point) nearest = (double.PositiveInfinity, -1);
        for (double reach = cell; nearest.Point < 0; reach *= 2)
        {
            ForEach(at, reach, (point, distance) => nearest = (distance, point).CompareTo(nearest) < 0 ? (distance, point) : nearest);
        }

        return nearest.Point;
    }

    private (int X, int Y, int Z) Key(Vector3D p) => ((int)Math.Floor(p.X / cell), (int)Math.Floor(p.Y / cell), (int)Math.Floor(p.Z / cell));
}
