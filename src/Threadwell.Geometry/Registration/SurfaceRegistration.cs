namespace Threadwell.Geometry;

/// <summary>
/// Lays one scan on another by their shape alone: iterated closest points with distances to the tangent planes of both surfaces (Y. Chen and G. Medioni, Image Vis.
/// Comput. 10 (1992) 145; symmetric form of S. Rusinkiewicz, ACM Trans. Graph. 38 (2019) 85), each weighted by Tukey's biweight, so that skin which has moved does not
/// pull the rest along. Its cut begins wide and narrows from step to step: a narrow one from the start would keep whatever the first guess explains best, a wide one
/// to the end a turn that shares the moved skin's distance out over all (graduated as by J. Zhang et al., IEEE Trans. Pattern Anal. 44 (2022) 3450). The same result for any number of threads.
/// </summary>
public static class SurfaceRegistration
{
    // Normals of partners differ by less than this: lids and lips are not laid on one another.
    private const double LeastCosine = 0.7;

    // Tukey's biweight keeps 95 % efficiency for normal errors with this cut (P. J. Huber, Robust Statistics).
    private const double TukeyCut = 4.685;

    // The narrowest cut on the way, and how fast it is reached.
    private const double NarrowCut = 2;
    private const double CutShrinks = 0.85;

    // The standard deviation of normal errors by the lower quarter of their sizes, which moved skin reaches last.
    private const double QuarterOfNormal = 0.31864;

    // Below any scanner's noise: smaller distances all count in full.
    private const double LeastScatterMm = 0.02;

    private const int LeastPoints = 100;

    // The trials use so much fewer points.
    private const int TrialShare = 4;

    private const double ReachShrinks = 0.75;
    // Far below what is measured: the same pairs come and go at the edges of their reach.
    private const double SettledMm = 5e-4;
    private const double SettledRadians = 5e-6;

    /// <summary>Registers.</summary>
    /// <param name="stay">The surface that stays, mm.</param>
    /// <param name="points">Its vertices that are thought to have kept their place; partners are looked for from these.</param>
    /// <param name="moving">The surface that is laid on it, mm, in its own frame.</param>
    /// <param name="start">First guess, within the first reach.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ArgumentException">There are fewer than a hundred points, or too few find a partner.</exception>
    public static RegistrationResult Register(
        TriangleMesh stay, IReadOnlyList<int> points, TriangleMesh moving, RigidMotion start, RegistrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stay);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(moving);
        options ??= new RegistrationOptions();
        if (points.Count < LeastPoints)
        {
            throw new ArgumentException($"Too little skin to register by: {points.Count} points.", nameof(points));
        }

        var target = new Target(moving, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation });
        RigidMotion best = start;
        double least = double.PositiveInfinity;
        var judge = new Partners(stay, Thinned(points, options.MostPoints / TrialShare), target);
        foreach (int[] part in Parts(stay, points))
        {
            var trial = new Partners(stay, Thinned(part, options.MostPoints / TrialShare), target);
            if (Run(trial, start, options.FirstReachMm, options, cancellation) is { } found)
            {
                judge.Find(found.Motion, options.LastReachMm);
                double median = judge.MedianDistance(options.LastReachMm);
                (best, least) = median < least ? (found.Motion, median) : (best, least);
            }
        }

        return Run(new Partners(stay, Thinned(points, options.MostPoints), target), best, options.LastReachMm, options, cancellation)
            ?? throw new ArgumentException("The surfaces do not lie near each other: too few points find a partner.", nameof(moving));
    }

    // Where much of the skin has moved, a turn that shares its distance out over all is a rest too. A half of the points that holds none of it rests at the right place, and
    // there most of the other points lie best: the least median decides between the rests of all and of the halves (P. J. Rousseeuw, J. Am. Stat. Assoc. 79 (1984) 871).
    private static IEnumerable<int[]> Parts(TriangleMesh stay, IReadOnlyList<int> points)
    {
        yield return [.. points];
        foreach (Func<Vector3D, double> along in (Func<Vector3D, double>[])[point => point.X, point => point.Y, point => point.Z])
        {
            int[] sorted = [.. points.OrderBy(point => along(stay.Positions[point])).ThenBy(point => point)];
            yield return sorted[..(sorted.Length / 2)];
            yield return sorted[(sorted.Length / 2)..];
        }
    }

    // Null where too few points find a partner.
    private static RegistrationResult? Run(Partners partners, RigidMotion start, double firstReach, RegistrationOptions options, CancellationToken cancellation)
    {
        RigidMotion motion = start;
        double reach = firstReach;
        double cut = double.PositiveInfinity;
        bool narrows = true;
        for (int step = 1; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            partners.Find(motion, reach);
            if (!partners.AreEnough)
            {
                return null;
            }

            double scatter = Math.Max(partners.Scatter(), LeastScatterMm);
            double least = narrows ? NarrowCut * scatter : TukeyCut * scatter;
            cut = narrows ? Math.Max(least, Math.Min(CutShrinks * cut, TukeyCut * scatter)) : least;
            (Vector3D rotation, Vector3D translation, Vector3D centre) = partners.Step(cut);
            motion = RigidMotion.About(rotation, centre, translation).After(motion);
            bool rests = reach <= options.LastReachMm && rotation.Length < SettledRadians && translation.Length < SettledMm;
            reach = Math.Max(options.LastReachMm, ReachShrinks * reach);
            bool settled = rests && !narrows;
            narrows &= !(rests && cut <= least);
            if (settled || step == options.MostSteps)
            {
                partners.Find(motion, reach);
                if (!partners.AreEnough)
                {
                    return null;
                }

                scatter = Math.Max(partners.Scatter(), LeastScatterMm);
                (double square, double share) = partners.Quality(TukeyCut * scatter);
                return new RegistrationResult(motion, square, partners.Scatter(), share, step, settled);
            }
        }
    }

    // Every k-th, so that all parts of the surface keep their share.
    private static int[] Thinned(IReadOnlyList<int> points, int most)
    {
        int count = Math.Min(points.Count, most);
        return [.. Enumerable.Range(0, count).Select(index => points[(int)((long)index * points.Count / count)])];
    }

    // The moving surface with what is looked up on it.
    private sealed class Target(TriangleMesh mesh, ParallelOptions parallel)
    {
        public ParallelOptions Parallel { get; } = parallel;

        public TriangleMesh Mesh { get; } = mesh;

        public TriangleBvh Tree { get; } = new(mesh);

        public Vector3D[] Normals { get; } = mesh.VertexNormals();

        public bool[] OnBorder { get; } = new SurfaceTopology(mesh).OnBoundary;
    }

    // The pairs of one step, by point.
    private sealed class Partners
    {
        private const int LeastPairs = 12;
        private const int Unknowns = 6;

        private readonly Target target;
        private readonly Vector3D[] places;
        private readonly Vector3D[] normals;
        private readonly Vector3D[] partners;
        private readonly Vector3D[] directions;
        private readonly double[] distances;

        public Partners(TriangleMesh stay, int[] points, Target target)
        {
            this.target = target;
            Vector3D[] all = stay.VertexNormals();
            places = [.. points.Select(point => stay.Positions[point])];
            normals = [.. points.Select(point => all[point])];
            partners = new Vector3D[points.Length];
            directions = new Vector3D[points.Length];
            distances = new double[points.Length];
        }

        /// <summary>Finds the partner of each point; a distance that is not a number where there is none.</summary>
        public void Find(RigidMotion motion, double reach)
        {
            RigidMotion back = motion.Inverse();
            Parallel.For(0, places.Length, target.Parallel, point =>
            {
                distances[point] = double.NaN;
                if (!target.Tree.TryClosestPointFacing(back.Move(places[point]), back.Turn(normals[point]), LeastCosine, reach, out SurfacePoint found) || IsOnBorder(found))
                {
                    return;
                }

                partners[point] = motion.Move(found.Position);
                directions[point] = (normals[point] + motion.Turn(found.Interpolate(target.Mesh, target.Normals).Normalized())).Normalized();
                distances[point] = Vector3D.Dot(directions[point], places[point] - partners[point]);
            });
        }

        /// <summary>Whether enough points have a partner to settle a motion.</summary>
        public bool AreEnough => distances.Count(double.IsFinite) >= LeastPairs;

        /// <summary>Robust standard deviation of the distances about nought, mm.</summary>
        public double Scatter()
        {
            double[] sizes = [.. distances.Where(double.IsFinite).Select(Math.Abs)];
            Array.Sort(sizes);
            return sizes[sizes.Length / 4] / QuarterOfNormal;
        }

        /// <summary>Median of the sizes of the distances, mm; a point without a partner counts as the reach.</summary>
        public double MedianDistance(double reach)
        {
            double[] sizes = [.. distances.Select(distance => double.IsFinite(distance) ? Math.Abs(distance) : reach)];
            Array.Sort(sizes);
            return sizes[sizes.Length / 2];
        }

        /// <summary>The small motion of the partners that brings the distances nearest to nought.</summary>
        public (Vector3D Rotation, Vector3D Translation, Vector3D Centre) Step(double cut)
        {
            Vector3D centre = Vector3D.Zero;
            int count = 0;
            for (int point = 0; point < places.Length; point++)
            {
                if (double.IsFinite(distances[point]))
                {
                    centre += partners[point];
                    count++;
                }
            }

            centre /= count;
            var normal = new double[Unknowns, Unknowns];
            double[] right = new double[Unknowns];
            Span<double> row = stackalloc double[Unknowns];
            for (int point = 0; point < places.Length; point++)
            {
                double weight = Weight(distances[point], cut);
                if (weight == 0)
                {
                    continue;
                }

                Vector3D turn = Vector3D.Cross(partners[point] - centre, directions[point]);
                (row[0], row[1], row[2]) = (turn.X, turn.Y, turn.Z);
                (row[3], row[4], row[5]) = (directions[point].X, directions[point].Y, directions[point].Z);
                for (int i = 0; i < Unknowns; i++)
                {
                    right[i] += weight * row[i] * distances[point];
                    for (int j = 0; j <= i; j++)
                    {
                        normal[i, j] += weight * row[i] * row[j];
                    }
                }
            }

            double[] step = SmallCholesky.Solve(normal, right);
            return (new Vector3D(step[0], step[1], step[2]), new Vector3D(step[3], step[4], step[5]), centre);
        }

        /// <summary>Root mean square of the distances that count, mm, and their share.</summary>
        public (double RootMeanSquare, double Share) Quality(double cut)
        {
            double sum = 0;
            int used = 0;
            foreach (double distance in distances)
            {
                if (Weight(distance, cut) > 0)
                {
                    sum += distance * distance;
                    used++;
                }
            }

            return (Math.Sqrt(sum / Math.Max(1, used)), (double)used / distances.Length);
        }

        private static double Weight(double distance, double cut)
        {
            double t = distance / cut;
            return double.IsFinite(t) && Math.Abs(t) < 1 ? (1 - (t * t)) * (1 - (t * t)) : 0;
        }

        private bool IsOnBorder(SurfacePoint point)
        {
            double weight = 0;
            for (int corner = 0; corner < 3; corner++)
            {
                double share = corner == 0 ? point.Barycentrics.X : corner == 1 ? point.Barycentrics.Y : point.Barycentrics.Z;
                weight += target.OnBorder[target.Mesh.Triangles[(3 * point.Triangle) + corner]] ? share : 0;
            }

            return weight > 0.999;
        }
    }
}
