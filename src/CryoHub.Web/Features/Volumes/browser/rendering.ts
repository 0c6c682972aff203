import "@kitware/vtk.js/Rendering/Profiles/Volume";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkImageData from "@kitware/vtk.js/Common/DataModel/ImageData";
import vtkPiecewiseFunction from "@kitware/vtk.js/Common/DataModel/PiecewiseFunction";
import vtkColorTransferFunction from "@kitware/vtk.js/Rendering/Core/ColorTransferFunction";
import vtkVolume from "@kitware/vtk.js/Rendering/Core/Volume";
import vtkVolumeMapper from "@kitware/vtk.js/Rendering/Core/VolumeMapper";
import vtkGenericRenderWindow from "@kitware/vtk.js/Rendering/Misc/GenericRenderWindow";
import type { Volume } from "./volume.ts";

/** Volume rendering: clear below the middle of the range, denser and brighter above. */
export function render(host: HTMLElement, { values, size: [nz, ny, nx] }: Volume, [low, high]: [number, number]): void {
  const stage = vtkGenericRenderWindow.newInstance({ background: [0.02, 0.03, 0.04] });
  stage.setContainer(host as HTMLDivElement);
  stage.resize();
  const data = vtkImageData.newInstance();
  data.setDimensions(nx, ny, nz);
  data.getPointData().setScalars(vtkDataArray.newInstance({ values, numberOfComponents: 1 }));
  const mapper = vtkVolumeMapper.newInstance(), actor = vtkVolume.newInstance(), colour = vtkColorTransferFunction.newInstance(), opacity = vtkPiecewiseFunction.newInstance();
  mapper.setInputData(data);
  mapper.setSampleDistance(1);
  actor.setMapper(mapper);
  colour.addRGBPoint(low, 0.1, 0.16, 0.2);
  colour.addRGBPoint((low + high) / 2, 0.39, 0.77, 0.89);
  colour.addRGBPoint(high, 1, 1, 1);
  opacity.addPoint((low + high) / 2, 0);
  opacity.addPoint(high, 0.4);
  actor.getProperty().setRGBTransferFunction(0, colour);
  actor.getProperty().setScalarOpacity(0, opacity);
  actor.getProperty().setInterpolationTypeToLinear();
  stage.getRenderer().addVolume(actor);
  stage.getRenderer().resetCamera();
  stage.getRenderWindow().render();
  new ResizeObserver(() => stage.resize()).observe(host);
}
