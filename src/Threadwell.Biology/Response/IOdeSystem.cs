namespace Threadwell.Biology;

/// <summary>A system of ordinary differential equations, dy/dt = f(t, y).</summary>
internal interface IOdeSystem
{
    /// <summary>Number of unknowns.</summary>
    int Dimension { get; }

    /// <summary>Writes f(t, y).</summary>
    /// <param name="time">Time t.</param>
    /// <param name="state">State y.</param>
    /// <param name="derivative">Receives f.</param>
    void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative);

    /// <summary>Writes ∂f/∂y, row by row.</summary>
    /// <param name="time">Time t.</param>
    /// <param name="state">State y.</param>
    /// <param name="jacobian">Receives the matrix; zero on entry.</param>
    void Jacobian(double time, ReadOnlySpan<double> state, Span<double> jacobian);
}
