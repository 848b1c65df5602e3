namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Second derivative of a chain's reduced energy with respect to the tissue positions: the Schur complement
/// S = D - D A⁻¹ D with D the tangents of the bonds and A the tridiagonal stiffness of the cable positions (bonds, taut segments,
/// anchors). Slack and torn segments drop out; a run of stations joined by taut segments that nothing holds has
/// no stiffness and contributes nothing.
/// </summary>
internal static class ThreadTangent
{
    /// <summary>Writes S.</summary>
    /// <param name="chain">The thread.</param>
    /// <param name="tissue">Tissue positions, mm.</param>
    /// <param name="theta">Cable positions at the minimum, mm.</param>
    /// <param name="schur">Receives S, row-major, stations x stations, N/mm.</param>
    /// <param name="workspace">At least 4 x stations values.</param>
    public static void SchurComplement(
        ThreadChain chain, ReadOnlySpan<double> tissue, ReadOnlySpan<double> theta, Span<double> schur, Span<double> workspace)
    {
        int count = chain.Stations;
        Span<double> bond = workspace[..count];
        Span<double> pivot = workspace.Slice(count, count);
        Span<double> link = workspace.Slice(2 * count, count);
        Span<double> column = workspace.Slice(3 * count, count);
        schur.Clear();
        for (int station = 0; station < count; station++)
        {
            bond[station] = chain.BondTangentAt(station, tissue[station], theta[station]);
            link[station] = 0;
            if (station < count - 1)
            {
                double tension = chain.TensionAt(station, theta[station], theta[station + 1]);
                link[station] = tension > 0 && tension < chain.Strength ? chain.SegmentStiffness[station] : 0;
            }
        }

        for (int start = 0; start < count;)
        {
            int end = start;
            double held = bond[start] + chain.AnchorStiffness[start];
            while (end < count - 1 && link[end] > 0)
            {
                end++;
                held += bond[end] + chain.AnchorStiffness[end];
            }

            if (held > 0)
            {
                FillBlock(chain, start, end, count, bond, pivot, link, column, schur);
            }

            start = end + 1;
        }
    }

    private static void FillBlock(
        ThreadChain chain, int start, int end, int count, Span<double> bond, Span<double> pivot, Span<double> link, Span<double> column, Span<double> schur)
    {
        // Pivots of L D L^T. With the row's own support carried apart from its links, pivot = link + support and
        // support' = link · support / (link + support) are sums and products of positive numbers: no cancellation for a stiff cable.
        double support = 0;
        for (int station = start; station <= end; station++)
        {
            support += bond[station] + chain.AnchorStiffness[station];
            double next = station < end ? link[station] : 0;
            pivot[station] = support + next;
            support = next > 0 ? next * support / pivot[station] : 0;
        }

        for (int source = start; source <= end; source++)
        {
            if (bond[source] == 0)
            {
                continue;
            }

            double value = bond[source];
            for (int station = source; station <= end; station++)
            {
                column[station] = value;
                value *= station < end ? link[station] / pivot[station] : 0;
            }

            column[end] /= pivot[end];
            for (int station = end - 1; station >= source; station--)
            {
                column[station] = (column[station] + (link[station] * column[station + 1])) / pivot[station];
            }

            for (int station = source; station <= end; station++)
            {
                double entry = -bond[station] * column[station];
                schur[(station * count) + source] = entry;
                schur[(source * count) + station] = entry;
            }

            schur[(source * count) + source] += bond[source];
        }
    }
}
