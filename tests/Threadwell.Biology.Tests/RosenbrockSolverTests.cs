namespace Threadwell.Biology.Tests;

/// <summary>The solver against closed forms, a published stiff problem and its own order.</summary>
public sealed class RosenbrockSolverTests
{
    [Fact]
    public void TheOrderIsFourOnANonlinearProblemThatDependsOnTime()
    {
        // y' = y² + 1 + y cos t - tan t cos t with y = tan t: the time derivative matters as much as the Jacobian.
        var system = new System(1, (t, y, f) => f[0] = y[0] * y[0] + 1 + y[0] * Math.Cos(t) - Math.Sin(t), (t, y, j) => j[0] = 2 * y[0] + Math.Cos(t));
        double Error(int steps)
        {
            var solver = new RosenbrockSolver(system);
            double[] state = [0];
            for (int i = 0; i < steps; i++)
            {
                solver.FixedStep((double)i / steps, 1.0 / steps, state);
            }

            return Math.Abs(state[0] - Math.Tan(1));
        }

        Assert.InRange(Math.Log2(Error(40) / Error(80)), 3.7, 4.5);
        Assert.InRange(Math.Log2(Error(80) / Error(160)), 3.7, 4.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e3)]
    [InlineData(1e6)]
    public void AStiffSolutionIsFollowedAtSmoothSteps(double rate)
    {
        // y' = -rate (y - s(t)) + s'(t) with s = 2 + sin t: the exact solution is s, however stiff.
        var system = new System(1, (t, y, f) => f[0] = -rate * (y[0] - 2 - Math.Sin(t)) + Math.Cos(t), (_, _, j) => j[0] = -rate);
        double[] state = [2];
        double step = 1e-3;
        new RosenbrockSolver(system).Integrate(0, 10, state, ref step);
        Assert.Equal(2 + Math.Sin(10), state[0], 2e-5);
    }

    [Fact]
    public void DecayChainMatchesItsClosedForm()
    {
        const double a = 0.25;
        const double b = 4;
        var system = new System(2, (_, y, f) => (f[0], f[1]) = (-a * y[0], a * y[0] - b * y[1]), (_, _, j) => (j[0], j[2], j[3]) = (-a, a, -b));
        double[] state = [1, 0];
        double step = 1e-3;
        var solver = new RosenbrockSolver(system);
        double time = 0;
        foreach (double next in new[] { 0.1, 1, 3, 10 })
        {
            solver.Integrate(time, next, state, ref step);
            time = next;
            Assert.Equal(Math.Exp(-a * time), state[0], 1e-5);
            Assert.Equal(a / (b - a) * (Math.Exp(-a * time) - Math.Exp(-b * time)), state[1], 1e-5);
        }
    }

    /// <summary>Robertson's problem, the standard stiff test (Hairer &amp; Wanner 1996, IV.1): reference values at t = 40 and the kept sum.</summary>
    [Fact]
    public void RobertsonsProblemIsSolvedAndItsSumKept()
    {
        var system = new System(
            3,
            (_, y, f) =>
            {
                f[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
                f[2] = 3e7 * y[1] * y[1];
                f[1] = -f[0] - f[2];
            },
            (_, y, j) =>
            {
                (j[0], j[1], j[2]) = (-0.04, 1e4 * y[2], 1e4 * y[1]);
                (j[6], j[7], j[8]) = (0, 6e7 * y[1], 0);
                (j[3], j[4], j[5]) = (-j[0], -j[1] - j[7], -j[2]);
            });
        double[] state = [1, 0, 0];
        double step = 1e-4;
        new RosenbrockSolver(system).Integrate(0, 40, state, ref step);
        Assert.Equal(0.7158270688, state[0], 1e-5);
        Assert.Equal(9.185534765e-6, state[1], 1e-9);
        Assert.Equal(0.2841637458, state[2], 1e-5);
        Assert.Equal(1, state[0] + state[1] + state[2], 1e-12);
    }

    [Fact]
    public void ALinearSolutionIsExactWhateverRowsArePivoted()
    {
        // y' = A (y - p(t)) + p' with p linear in time: every step is exact if each stage's linear system is solved rightly. A's off-diagonal
        // entries are far above 1/(γ h), so that rows are exchanged again and again.
        double[] a = [-1, 90, 3, -40, 7, -80, -2, 55, 8, 1, 6, -60, -1, 30, -75, 45, 2, -33, -3, 95, -9, 4, 70, -88, -2];
        double[] start = [3, 1, 4, 1, 5];
        double[] slope = [2, -0.1, 0.6, 1, -0.2];
        var system = new System(
            5,
            (t, y, f) =>
            {
                for (int i = 0; i < 5; i++)
                {
                    f[i] = slope[i];
                    for (int j = 0; j < 5; j++)
                    {
                        f[i] += a[5 * i + j] * (y[j] - start[j] - slope[j] * t);
                    }
                }
            },
            (_, _, j) => a.CopyTo(j));
        double[] state = [.. start];
        new RosenbrockSolver(system).FixedStep(0, 1, state);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(start[i] + slope[i], state[i], 1e-6);
        }
    }

    [Fact]
    public void AConcentrationNeverBecomesNegative()
    {
        // Quick decay to nothing from a long first step.
        var system = new System(2, (_, y, f) => (f[0], f[1]) = (-1000 * y[0], 1000 * y[0] - 300 * y[1]), (_, _, j) => (j[0], j[2], j[3]) = (-1000, 1000, -300));
        double[] state = [1, 0];
        double step = 5;
        var solver = new RosenbrockSolver(system);
        for (int day = 0; day < 20; day++)
        {
            solver.Integrate(day, day + 1, state, ref step);
            Assert.All(state, value => Assert.True(value >= 0));
        }
    }

    [Fact]
    public void SaysWhereItGotStuck()
    {
        var system = new System(1, (_, y, f) => f[0] = y[0] * y[0], (_, y, j) => j[0] = 2 * y[0]);
        double[] state = [1];
        double step = 0.1;
        IntegrationException stuck = Assert.Throws<IntegrationException>(() => Run(system, state, step));
        Assert.Contains("at time", stuck.Message, StringComparison.Ordinal);
    }

    private static void Run(System system, double[] state, double step) => new RosenbrockSolver(system).Integrate(0, 2, state, ref step);

    private delegate void Write(double time, ReadOnlySpan<double> state, Span<double> into);

    private sealed class System(int dimension, Write derivative, Write jacobian) : IOdeSystem
    {
        public int Dimension => dimension;

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> into) => derivative(time, state, into);

        public void Jacobian(double time, ReadOnlySpan<double> state, Span<double> into) => jacobian(time, state, into);
    }
}
