import "@kitware/vtk.js/Rendering/Profiles/Geometry";
import "@kitware/vtk.js/Rendering/Profiles/Molecule";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkPolyData from "@kitware/vtk.js/Common/DataModel/PolyData";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import vtkSphereMapper from "@kitware/vtk.js/Rendering/Core/SphereMapper";
import vtkGenericRenderWindow from "@kitware/vtk.js/Rendering/Misc/GenericRenderWindow";

/** Things in space, to turn and zoom: points, lines and balls. Fetched only where a signal has them, for its size. */
export class Scene {
  private readonly window = vtkGenericRenderWindow.newInstance({ background: [0.02, 0.03, 0.04], listenWindowResize: false });

  constructor(host: HTMLElement) {
    this.window.setContainer(host as HTMLDivElement);
    this.window.resize();
    new ResizeObserver(() => this.window.resize()).observe(host);
  }

  clear(): void { this.window.getRenderer().removeAllActors(); }

  /** `places`: x, y, z of each; `colours`: red, green, blue of each, 0 to 255. */
  points(places: Float32Array, colours: Uint8Array, size: number): void {
    const count = places.length / 3, each = new Uint32Array(2 * count);
    for (let i = 0; i < count; i++) { each[2 * i] = 1; each[2 * i + 1] = i; }
    const data = vtkPolyData.newInstance();
    data.getPoints().setData(places, 3);
    data.getVerts().setData(each);
    data.getPointData().setScalars(vtkDataArray.newInstance({ name: "colour", values: colours, numberOfComponents: 3 }));
    const mapper = vtkMapper.newInstance({ scalarVisibility: true }), actor = vtkActor.newInstance();
    mapper.setInputData(data);
    actor.setMapper(mapper);
    actor.getProperty().setPointSize(size);
    actor.getProperty().setLighting(false);
    this.window.getRenderer().addActor(actor);
  }

  /** Each line is a list of indices into the places. */
  lines(places: Float32Array, lines: readonly (readonly number[])[], colour: readonly [number, number, number], width = 1.5): void {
    const data = vtkPolyData.newInstance();
    data.getPoints().setData(places, 3);
    data.getLines().setData(Uint32Array.from(lines.flatMap(line => [line.length, ...line])));
    const mapper = vtkMapper.newInstance({ scalarVisibility: false }), actor = vtkActor.newInstance();
    mapper.setInputData(data);
    actor.setMapper(mapper);
    actor.getProperty().setColor(...colour.map(part => part / 255) as [number, number, number]);
    actor.getProperty().setLineWidth(width);
    actor.getProperty().setLighting(false);
    this.window.getRenderer().addActor(actor);
  }

  balls(places: Float32Array, radius: number, colour: readonly [number, number, number]): void {
    const data = vtkPolyData.newInstance(), count = places.length / 3;
    data.getPoints().setData(places, 3);
    data.getVerts().setData(Uint32Array.from({ length: 2 * count }, (_, i) => i % 2 === 0 ? 1 : i >> 1));
    const mapper = vtkSphereMapper.newInstance({ radius, scalarVisibility: false }), actor = vtkActor.newInstance();
    mapper.setInputData(data);
    actor.setMapper(mapper);
    actor.getProperty().setColor(...colour.map(part => part / 255) as [number, number, number]);
    this.window.getRenderer().addActor(actor);
  }

  draw(): void { this.window.getRenderWindow().render(); }

  /** From a corner, with everything inside. */
  reset(): void {
    const renderer = this.window.getRenderer(), camera = renderer.getActiveCamera();
    camera.setFocalPoint(0, 0, 0);
    camera.setPosition(0.5, -1.8, 0.8);
    camera.setViewUp(0, 0, 1);
    renderer.resetCamera();
    const [width, height] = this.window.getApiSpecificRenderWindow().getSize() as [number, number];
    if (width < height) camera.zoom(width / height);   // it only looks at the height
    renderer.resetCameraClippingRange();
    this.draw();
  }

  /** Turns the camera about the focal point. */
  turn(azimuth: number, elevation: number): void {
    const renderer = this.window.getRenderer(), camera = renderer.getActiveCamera();
    camera.azimuth(azimuth);
    camera.elevation(elevation);
    camera.orthogonalizeViewUp();
    renderer.resetCameraClippingRange();
    this.draw();
  }

  zoom(factor: number): void {
    this.window.getRenderer().getActiveCamera().zoom(factor);
    this.draw();
  }
}
